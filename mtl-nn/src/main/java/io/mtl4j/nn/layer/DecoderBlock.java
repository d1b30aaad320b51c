package io.mtl4j.nn.layer;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer of a {@link TransformerDecoder}: three parts, each {@code x + dropout(f(norm(x)))}. */
record DecoderBlock(
        Part self, MultiHead selfAttention, Part cross, CrossAttention crossAttention, Part dense, Layer network) {

    /** What stands around a part. */
    record Part(Layer norm, Layer dropout) {

        static Part bind(Shape shape, double dropout, Binder binder) {
            return new Part(new LayerNorm().bind(shape, binder), new Dropout(dropout).bind(shape, binder));
        }

        INDArray forward(INDArray x, UnaryOperator<INDArray> f, Pass pass) {
            return x.add(dropout.forward(f.apply(norm.forward(x, pass)), pass));
        }

        INDArray backward(INDArray gradient, UnaryOperator<INDArray> f, Pass pass) {
            return norm.backward(f.apply(dropout.backward(gradient, pass)), pass)
                    .addi(gradient);
        }
    }

    static DecoderBlock bind(TransformerDecoder spec, int width, double dropout, Binder binder) {
        Shape.Sequence shape = Shape.sequence(width);
        Initializer start = Initializer.GLOROT_UNIFORM;
        return new DecoderBlock(
                Part.bind(shape, dropout, binder.child("self")),
                new SelfAttention(spec.heads(), dropout, start).bind(shape, true, binder.child("self")),
                Part.bind(shape, dropout, binder.child("cross")),
                CrossAttention.bind(spec.heads(), width, width, dropout, binder.child("cross")),
                Part.bind(shape, dropout, binder.child("dense")),
                Chain.of(
                                new Dense(spec.feedForward(), Activation.RELU, Initializer.HE_UNIFORM),
                                new Dense(width, Activation.IDENTITY, start))
                        .bind(shape, binder.child("dense")));
    }

    INDArray forward(INDArray x, Decoder.Memory memory, Pass pass) {
        INDArray y = self.forward(x, v -> selfAttention.forward(v, pass), pass);
        return rest(y, crossAttention.keys(memory, pass), pass);
    }

    /** What comes after self-attention; {@code [batch, length, width]}. */
    private INDArray rest(INDArray x, CrossAttention.Keys keys, Pass pass) {
        INDArray y = cross.forward(x, v -> crossAttention.forward(v, keys, pass), pass);
        return dense.forward(y, v -> network.forward(v, pass), pass);
    }

    /** The next place of rows that are {@code [batch, beams, width]}. */
    INDArray next(INDArray x, AttentionCache cache, CrossAttention.Keys keys, Pass pass) {
        INDArray y = self.forward(
                x,
                v -> cache.next(v.reshape('c', v.size(0) * v.size(1), v.size(2)))
                        .reshape('c', v.shape()),
                pass);
        return rest(y, keys, pass);
    }

    Decoder.Gradients backward(INDArray gradient, Pass pass) {
        INDArray[] memory = new INDArray[1];
        INDArray g = dense.backward(gradient, v -> network.backward(v, pass), pass);
        g = cross.backward(
                g,
                v -> {
                    Decoder.Gradients both = crossAttention.backward(v, pass);
                    memory[0] = both.memory();
                    return both.said();
                },
                pass);
        return new Decoder.Gradients(self.backward(g, v -> selfAttention.backward(v, pass), pass), memory[0]);
    }
}
