package io.mtl4j.nn.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.encoder.BidirectionalLanguageModel;
import io.mtl4j.nn.encoder.ContextualEmbedding;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.LearnedStart;
import io.mtl4j.nn.encoder.Stems;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.CharacterWords;
import io.mtl4j.nn.layer.Embedding;
import io.mtl4j.nn.layer.FeatureSlice;
import io.mtl4j.nn.layer.Highway;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerMix;
import io.mtl4j.nn.layer.LayerNorm;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Lstm;
import io.mtl4j.nn.layer.LstmStacks;
import io.mtl4j.nn.layer.PositionalEncoding;
import io.mtl4j.nn.layer.SelfAttention;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.TabularEmbedding.Column;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SequenceTypesTest {

    private static final CharacterWords WORDS =
            new CharacterWords(9, 4, List.of(new CharacterWords.Filter(2, 3)), 7, 2, 1, 5);

    static List<LayerSpec> specs() {
        return List.of(
                Encoders.lstm()
                        .embedding(3)
                        .units(5)
                        .layers(2)
                        .bidirectional()
                        .dropout(0.25)
                        .everyStep()
                        .l2(0.1),
                Encoders.transformer()
                        .embedding(6)
                        .heads(3)
                        .activation(Activation.SWISH)
                        .preNorm()
                        .learned(9)
                        .dropout(0.5)
                        .first()
                        .l1(0.1),
                Encoders.gnn()
                        .convolution(4)
                        .l2(0.1)
                        .attention(6, 2)
                        .dropout(0.25)
                        .dense(3)
                        .sum(),
                new Embedding(3, Initializer.NORMAL_002, 0),
                new Lstm(3, Lstm.Direction.BACKWARD, Lstm.Output.FINAL_STATE, Initializer.FAN_IN_UNIFORM),
                new LayerNorm(0.25),
                new SequencePool(SequencePool.Kind.MAX),
                new SelfAttention(2, 0.5, Initializer.GLOROT_NORMAL),
                PositionalEncoding.sinusoidal(),
                new BidirectionalLanguageModel(WORDS, 2, 0.25),
                new ContextualEmbedding(new BidirectionalLanguageModel(WORDS, 1, 0), true, LearnedStart.drawn()),
                WORDS,
                new FeatureSlice(2, 3),
                new Highway(Initializer.FAN_IN_UNIFORM),
                new LayerMix(3),
                new LstmStacks(2, 0.5),
                Stems.tabular(Column.numeric(), Column.categorical(4, 2)));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void survivesAFile(LayerSpec spec) throws JsonProcessingException {
        ObjectMapper mapper = KnownTypes.standard().mapper();
        String json = mapper.writerFor(LayerSpec.class).writeValueAsString(spec);
        assertEquals(spec, mapper.readValue(json, LayerSpec.class));
    }
}
