package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.CharacterWords;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.LstmStacks;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.Objects;

/**
 * The encoder of a bidirectional language model (Peters et al., "Deep Contextualized Word Representations", NAACL 2018,
 * section 3.1): words from their characters, read by a stack of LSTMs forwards and by one backwards. The input is {@code
 * [batch, time, 1 + characters]}, the output that of {@link LstmStacks}: all layers of both directions.
 *
 * <p>With d features of a word and L layers, the task "next word" reads features {@link #nextFrom()} to {@code nextFrom() + d
 * - 1}, the last layer forwards, and "previous word" those d from {@link #previousFrom()}, the last layer backwards. So
 * neither sees the word that it predicts.
 *
 * <p>Deviations from the paper: LSTMs have as many units as a word has features instead of four thousand and a projection to
 * these, and residual connections are around every layer above the first.
 *
 * @param words how a word becomes a vector
 * @param layers number of LSTM layers L of each direction, at least 1
 * @param dropout probability of dropping an element before each LSTM in training, at least 0 and below 1
 */
public record BidirectionalLanguageModel(CharacterWords words, int layers, double dropout) implements Encoder {

    /** Checks the values. */
    public BidirectionalLanguageModel {
        Objects.requireNonNull(words, "words");
        layers = new LstmStacks(layers, dropout).layers();
    }

    /** {@return the number of the first feature of the last layer forwards} */
    public int nextFrom() {
        return 2 * layers * words.dimensions();
    }

    /** {@return the number of the first feature of the last layer backwards} */
    public int previousFrom() {
        return nextFrom() + words.dimensions();
    }

    @Override
    public String kind() {
        return "bidirectional-language-model";
    }

    @Override
    public List<LayerSpec> stages(Shape input) {
        return chain().layers();
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return chain().bind(input, binder);
    }

    private Chain chain() {
        return Chain.of(words, new LstmStacks(layers, dropout));
    }
}
