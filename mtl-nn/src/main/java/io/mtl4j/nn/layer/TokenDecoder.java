package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a sequence of tokens about what it reads, a sequence {@code [batch, time, features]} or a vector {@code [batch,
 * features]}: token vectors, a {@link Decoder}, and a dense layer that scores the V tokens and, as number V, the end of the
 * sequence. As what was said before, number V means the start.
 *
 * <p><b>Told what to say</b> ({@link Pass#target} {@code [batch, length]}: token numbers, NaN after the end), all places are
 * computed at once, each after the true tokens before it (teacher forcing; Williams and Zipser, 1989). Out come logits {@code
 * [batch, length + 1, V + 1]}; the place after an example's last token is that of its end, and those after it mean nothing.
 *
 * <p><b>Else</b> it writes by itself, as the {@link BeamSearch} says. Out come {@code [batch, places, V + 2]}: the logits of
 * each place of the answer, and in the last column the token it has there; V from the answer's end on.
 *
 * @param vocabulary V, number of tokens
 * @param decoder what reads and remembers
 * @param search how an answer is found
 * @param dropout rate of dropout of token vectors, of features before they are scored, and inside the decoder
 */
public record TokenDecoder(int vocabulary, Decoder decoder, BeamSearch search, double dropout) implements LayerSpec {

    /** Checks the values. */
    public TokenDecoder {
        Require.atLeast("token decoder: vocabulary", vocabulary, 1);
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(search, "search");
        Require.within("token decoder: dropout", dropout, 0, Math.nextDown(1.0));
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Sequence || input instanceof Shape.Vector)) {
            throw new IllegalArgumentException(
                    "token decoder: input is " + input + "; it takes a sequence of feature vectors, or a vector");
        }
        int width = decoder.width(input);
        Shape said = Shape.sequence(width);
        return new Bound(
                vocabulary,
                input,
                new Embedding(width).bind(Shape.tokens(vocabulary + 1), binder.child("tokens")),
                new Dropout(dropout).bind(said, binder),
                decoder.bind(input, dropout, binder.child("decoder")),
                new Dropout(dropout).bind(said, binder),
                new Dense(vocabulary + 1, Activation.IDENTITY, Initializer.GLOROT_UNIFORM)
                        .bind(said, binder.child("output")),
                search,
                binder.inputNeedsGradient());
    }

    private record Bound(
            int vocabulary,
            Shape input,
            Layer embedding,
            Layer embeddingDropout,
            Decoder.Bound decoder,
            Layer featureDropout,
            Layer output,
            BeamSearch search,
            boolean needsGradient)
            implements Layer {

        @Override
        public Shape outputShape() {
            return output.outputShape();
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            Decoder.Memory memory = input instanceof Shape.Vector
                    ? new Decoder.Memory(x.reshape('c', x.size(0), 1, x.size(1)), null)
                    : new Decoder.Memory(x.ordering() == 'c' ? x : x.dup('c'), pass.mask());
            return pass.target() == null
                    ? search.run((int) x.size(0), vocabulary, x.dataType(), writer(memory, pass))
                    : told(said(pass.target()), memory, pass);
        }

        private INDArray told(INDArray said, Decoder.Memory memory, Pass pass) {
            INDArray vectors = embeddingDropout.forward(embedding.forward(said, pass), pass);
            INDArray features = decoder.forward(vectors, memory, pass);
            return output.forward(featureDropout.forward(features, pass), pass);
        }

        /** What was said before each place: the start, and the tokens but for the end. */
        private INDArray said(INDArray target) {
            int batch = (int) target.size(0);
            int length = (int) target.size(1);
            double[] tokens = target.dup('c').data().asDouble();
            double[] said = new double[batch * (length + 1)];
            Arrays.fill(said, vocabulary);
            for (int i = 0; i < tokens.length; i++) {
                if (tokens[i] >= 0 && tokens[i] < vocabulary) { // neither NaN nor anything a mask hides
                    said[i / length * (length + 1) + i % length + 1] = Math.rint(tokens[i]);
                }
            }
            return Nd4j.createFromArray(said).reshape('c', batch, length + 1L);
        }

        private BeamSearch.Writer writer(Decoder.Memory memory, Pass pass) {
            Decoder.Steps steps = decoder.start(memory, search.width(), search.maxLength(), pass);
            return new BeamSearch.Writer() {
                @Override
                public double[] next(int[] tokens) {
                    INDArray said = Nd4j.createFromArray(tokens).reshape('c', tokens.length, 1);
                    INDArray vectors = embedding.forward(said, pass);
                    INDArray features = steps.next(vectors.reshape('c', vectors.size(0), vectors.size(2)));
                    return output.forward(features.reshape('c', vectors.shape()), pass)
                            .dup('c')
                            .data()
                            .asDouble();
                }

                @Override
                public void keep(int[] rows) {
                    steps.keep(rows);
                }
            };
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray features = featureDropout.backward(output.backward(gradient, pass), pass);
            Decoder.Gradients both = decoder.backward(features, pass);
            embedding.backward(embeddingDropout.backward(both.said(), pass), pass);
            if (!needsGradient) {
                return null;
            }
            INDArray memory = both.memory();
            return input instanceof Shape.Vector ? memory.reshape('c', memory.size(0), memory.size(2)) : memory;
        }
    }
}
