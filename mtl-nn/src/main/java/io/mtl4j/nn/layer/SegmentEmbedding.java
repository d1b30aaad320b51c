package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A vector for every token that also tells which part of the text it belongs to (Devlin et al., NAACL 2019, figure 2): token
 * ids {@code [batch, time]} to {@code [batch, time, dimensions]},
 *
 * <pre>
 * y_t = W[id_t] + S[min(k_t, segments - 1)]
 * </pre>
 *
 * <p>with {@code k_t} the number of separators among the real steps before t: of {@code [CLS] a b [SEP] c [SEP]} all up to the
 * first separator is segment 0, the rest segment 1. So the ids alone say what belongs to which segment. Padded steps need a
 * valid id too, any will do. Ids have no gradient, so {@link Layer#backward} always returns null.
 *
 * @param dimensions length of a token's vector
 * @param segments number of segments that have vectors
 * @param separator the id behind which the next segment begins, or {@link #NO_SEPARATOR}
 * @param initializer how {@code W [vocabulary, dimensions]} and {@code S [segments, dimensions]} start
 */
public record SegmentEmbedding(int dimensions, int segments, int separator, Initializer initializer)
        implements LayerSpec {

    /** All tokens are of one segment. */
    public static final int NO_SEPARATOR = -1;

    /** Checks the values. */
    public SegmentEmbedding {
        Require.atLeast("segment embedding: dimensions", dimensions, 1);
        Require.atLeast("segment embedding: segments", segments, 1);
        Require.atLeast("segment embedding: separator", separator, NO_SEPARATOR);
        Objects.requireNonNull(initializer, "initializer");
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (!(input instanceof Shape.Tokens tokens)) {
            throw new IllegalArgumentException("segment embedding: input is " + input
                    + "; it takes token ids, declared as Shape.tokens(vocabulary)");
        }
        int vocabulary = tokens.vocabulary();
        if (separator >= vocabulary) {
            throw new IllegalArgumentException("segment embedding: separator = " + separator
                    + "; it must be an id below the vocabulary's " + vocabulary);
        }
        return new Bound(
                this,
                vocabulary,
                Shape.sequence(dimensions),
                binder.weight("W", initializer, vocabulary, dimensions, vocabulary, dimensions),
                binder.weight("S", initializer, segments, dimensions, segments, dimensions),
                binder.slot(),
                binder.slot());
    }

    /** The segment of each token, in row order. */
    private int[] segmentsOf(int[] ids, int time, INDArray mask) {
        double[] real = mask == null ? null : mask.dup('c').data().asDouble();
        int[] found = new int[ids.length];
        int segment = 0;
        for (int i = 0; i < ids.length; i++) {
            segment = i % time == 0 ? 0 : segment;
            found[i] = segment;
            boolean ends = ids[i] == separator && (real == null || real[i] != 0);
            segment = ends ? Math.min(segment + 1, segments - 1) : segment;
        }
        return found;
    }

    private record Bound(
            SegmentEmbedding spec,
            int vocabulary,
            Shape outputShape,
            Parameter words,
            Parameter parts,
            Slot<int[]> ids,
            Slot<int[]> segments)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            int[] numbers = Rows.numbers(x, vocabulary, "segment embedding: token id");
            int[] places = spec.segmentsOf(numbers, (int) x.size(1), pass.mask());
            pass.save(ids, numbers);
            pass.save(segments, places);
            return Rows.take(pass.value(words), numbers)
                    .addi(Rows.take(pass.value(parts), places))
                    .reshape('c', x.size(0), x.size(1), spec.dimensions);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            int[] numbers = pass.load(ids);
            INDArray rows = gradient.reshape('c', numbers.length, spec.dimensions);
            Rows.assignSums(rows, numbers, pass.gradient(words));
            Rows.assignSums(rows, pass.load(segments), pass.gradient(parts));
            return null;
        }
    }
}
