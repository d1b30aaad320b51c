package io.mtl4j.nn.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A bound {@link TransformerDecoder}. */
record BoundTransformerDecoder(int width, List<DecoderBlock> blocks, Layer norm) implements Decoder.Bound {

    @Override
    public INDArray forward(INDArray said, Decoder.Memory memory, Pass pass) {
        INDArray x = said.add(PositionalEncoding.waves(0, (int) said.size(1), width, said.dataType())
                .reshape('c', 1, said.size(1), width));
        for (DecoderBlock block : blocks) {
            x = block.forward(x, memory, pass);
        }
        return norm.forward(x, pass);
    }

    @Override
    public Decoder.Gradients backward(INDArray gradient, Pass pass) {
        INDArray g = norm.backward(gradient, pass);
        INDArray memory = null;
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Decoder.Gradients both = blocks.get(i).backward(g, pass);
            g = both.said();
            memory = memory == null ? both.memory() : memory.addi(both.memory());
        }
        return new Decoder.Gradients(g, memory);
    }

    @Override
    public Decoder.Steps start(Decoder.Memory memory, int beams, int longest, Pass pass) {
        return new Running(memory, beams, longest, pass);
    }

    /** Keys and values of the memory, and of the places so far. */
    private final class Running implements Decoder.Steps {
        private final Pass pass;
        private final long batch;
        private final List<CrossAttention.Keys> keys;
        private final List<AttentionCache> caches;
        private int place;

        Running(Decoder.Memory memory, int beams, int longest, Pass pass) {
            this.pass = pass;
            this.batch = memory.steps().size(0);
            this.keys = blocks.stream()
                    .map(block -> block.crossAttention().keys(memory, pass))
                    .toList();
            this.caches = blocks.stream()
                    .map(block -> block.selfAttention().cache((int) batch * beams, longest, pass))
                    .toList();
        }

        @Override
        public INDArray next(INDArray said) {
            // The rows of an example are as many queries to the same memory.
            INDArray x = said.addRowVector(PositionalEncoding.waves(place++, 1, width, said.dataType()))
                    .reshape('c', batch, said.size(0) / batch, width);
            for (int i = 0; i < caches.size(); i++) {
                x = blocks.get(i).next(x, caches.get(i), keys.get(i), pass);
            }
            return norm.forward(x, pass).reshape('c', said.size(0), width);
        }

        @Override
        public void keep(int[] rows) {
            caches.forEach(cache -> cache.keep(rows));
        }
    }
}
