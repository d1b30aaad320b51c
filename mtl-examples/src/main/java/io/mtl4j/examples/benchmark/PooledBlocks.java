package io.mtl4j.examples.benchmark;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.TransformerBlock;

/**
 * Transformer blocks on feature vectors and the mean of their steps, and nothing else: {@link
 * io.mtl4j.nn.encoder.TransformerEncoder} would add a linear layer and positions, which the networks of the peers lack.
 *
 * @param layers number of blocks
 * @param block what each block is
 */
record PooledBlocks(int layers, TransformerBlock block) implements Encoder {

    static PooledBlocks reference() {
        return new PooledBlocks(
                2,
                new TransformerBlock(
                        4, 256, Activation.RELU, TransformerBlock.Norm.POST, 0, Initializer.GLOROT_UNIFORM));
    }

    @Override
    public String kind() {
        return "transformer-blocks";
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        Chain chain = Chain.of();
        for (int i = 0; i < layers; i++) {
            chain = chain.then(block);
        }
        return chain.then(new SequencePool(SequencePool.Kind.MEAN)).bind(input, binder);
    }
}
