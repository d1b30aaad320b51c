package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.PadTo;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.RepeatChannels;
import io.mtl4j.nn.layer.Resize;
import io.mtl4j.nn.layer.TabularEmbedding;
import java.util.List;

/**
 * Stems: what stands between one input and the shared encoder, so that inputs of different shapes can share it. Grey
 * pictures of 28x28, say, become what an encoder of colour pictures of 32x32 takes:
 *
 * <pre>{@code
 * LayerSpec stem = Stems.chain(Stems.padTo(32, 32), Stems.repeatChannels(3));
 * }</pre>
 */
public final class Stems {

    private Stems() {}

    /**
     * {@return a stem that puts the picture in the middle of a larger one of zeros}
     *
     * @param height rows afterwards
     * @param width columns afterwards
     */
    public static LayerSpec padTo(int height, int width) {
        return new PadTo(height, width);
    }

    /**
     * {@return a stem that resamples the picture}
     *
     * @param height rows afterwards
     * @param width columns afterwards
     * @param interpolation how
     */
    public static LayerSpec resize(int height, int width, Resize.Interpolation interpolation) {
        return new Resize(height, width, interpolation);
    }

    /**
     * {@return a stem that repeats the channels; with 3, grey becomes colour}
     *
     * @param times how often each channel appears afterwards
     */
    public static LayerSpec repeatChannels(int times) {
        return new RepeatChannels(times);
    }

    /**
     * {@return a trained stem that mixes the channels of each pixel: a linear 1x1 convolution}
     *
     * @param channels number of channels afterwards
     */
    public static LayerSpec mixChannels(int channels) {
        return new Conv2d(channels, 1, 1, 1, Padding.SAME, true, Activation.IDENTITY, Initializer.GLOROT_UNIFORM);
    }

    /**
     * {@return a stem for rows of a table that replaces codes of categories by trained vectors, as {@link TabularEmbedding}
     * describes}
     *
     * @param columns the columns, first to last, such as {@code Column.numeric(), Column.categorical(12, 4)}
     */
    public static LayerSpec tabular(TabularEmbedding.Column... columns) {
        return new TabularEmbedding(List.of(columns));
    }

    /**
     * {@return a stem that gives words vectors which depend on their sentence, by a language model; see {@code LanguageModels}
     * for how to train one}
     *
     * @param embedding the language model's, {@linkplain ContextualEmbedding#freeze frozen} or to be tuned
     */
    public static LayerSpec contextual(ContextualEmbedding embedding) {
        return embedding;
    }

    /**
     * {@return stems one after the other}
     *
     * @param stems the stems, or any layers
     */
    public static LayerSpec chain(LayerSpec... stems) {
        return Chain.of(stems);
    }
}
