package io.mtl4j.examples.benchmark;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.nn.transformer.TransformerEncoderBlock;

/** The reference networks in DJL's own blocks. */
final class DjlNetworks {

    private static final Shape TWO = new Shape(2, 2);

    private DjlNetworks() {}

    /** {@return the encoder with a linear head for each task; the outputs are the tasks' logits} */
    static Block of(ReferenceModel reference) {
        ParallelBlock heads = new ParallelBlock(outputs -> {
            NDList all = new NDList();
            outputs.forEach(all::addAll);
            return all;
        });
        for (int k = 0; k < reference.tasks(); k++) {
            heads.add(linear(ReferenceModel.CLASSES));
        }
        return encoder(reference).add(heads);
    }

    private static SequentialBlock encoder(ReferenceModel reference) {
        return switch (reference) {
            case MLP -> new SequentialBlock()
                    .add(linear(512))
                    .add(Activation::relu)
                    .add(linear(256))
                    .add(Activation::relu);
            case CNN -> cnn();
            case LSTM -> new SequentialBlock()
                    .add(LSTM.builder()
                            .setNumLayers(1)
                            .setStateSize(128)
                            .optBatchFirst(true)
                            .optReturnState(false)
                            .build())
                    .addSingleton(steps -> steps.get(new NDIndex(":, -1")));
            case TRANSFORMER -> new SequentialBlock()
                    .add(new TransformerEncoderBlock(128, 4, 256, 0, Activation::relu))
                    .add(new TransformerEncoderBlock(128, 4, 256, 0, Activation::relu))
                    .addSingleton(steps -> steps.mean(new int[] {1}));
        };
    }

    private static SequentialBlock cnn() {
        return new SequentialBlock()
                .add(convolution(32))
                .add(Activation::relu)
                .add(convolution(64))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(TWO, TWO))
                .add(convolution(64))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(TWO, TWO))
                .add(Blocks.batchFlattenBlock())
                .add(linear(128))
                .add(Activation::relu);
    }

    private static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    private static Block convolution(int filters) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .build();
    }
}
