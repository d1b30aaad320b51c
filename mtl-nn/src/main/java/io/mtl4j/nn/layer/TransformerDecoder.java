package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * A transformer's decoder (Vaswani et al., NeurIPS 2017, section 3.1): sinusoidal positions are added to the tokens' vectors;
 * each layer has self-attention to the places up to its own, attention to the steps of what is decoded, and two dense layers,
 * {@code width -> feedForward -> width}. Unlike the original, the layer norms stand before these three and after the last layer
 * (Xiong et al., ICML 2020), which needs no warm-up. Token vectors are as long as a step of what is decoded; a vector is decoded
 * as a sequence of one step.
 *
 * @param layers number of layers
 * @param heads number of attention heads; it must divide the number of features of what is decoded
 * @param feedForward width between the two dense layers
 */
public record TransformerDecoder(int layers, int heads, int feedForward) implements Decoder {

    /** Checks the values. */
    public TransformerDecoder {
        Require.copies("transformer decoder: layers", layers, 1);
        Require.atLeast("transformer decoder: heads", heads, 1);
        Require.atLeast("transformer decoder: feedForward", feedForward, 1);
    }

    @Override
    public int width(Shape representation) {
        int features = (int) representation.dimensions()[representation.dimensions().length - 1];
        if (features % heads != 0) {
            throw new IllegalArgumentException("transformer decoder: " + heads + " heads for a representation of "
                    + features + " features; the number of heads must divide the number of features");
        }
        return features;
    }

    @Override
    public Bound bind(Shape representation, double dropout, Binder binder) {
        int width = width(representation);
        List<DecoderBlock> blocks = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            blocks.add(DecoderBlock.bind(this, width, dropout, binder.child(String.valueOf(i))));
        }
        return new BoundTransformerDecoder(
                width, List.copyOf(blocks), new LayerNorm().bind(Shape.sequence(width), binder.child("norm")));
    }
}
