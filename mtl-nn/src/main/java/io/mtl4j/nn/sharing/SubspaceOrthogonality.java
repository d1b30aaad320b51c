package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Passes its input on and adds {@code strength Σ_(r<s) mean((H_rᵀ H_s / n)²)} to the training loss, where the n rows of {@code
 * H_s} are what subspace s has of each example: vectors, real steps of sequences, or pixels.
 *
 * @param subspaces their number
 * @param strength coefficient, above 0
 */
record SubspaceOrthogonality(int subspaces, double strength) implements LayerSpec {

    @Override
    public Layer bind(Shape input, Binder binder) {
        binder.penalizesActivations();
        return new Bound(this, input, Subspaces.sizes(input, subspaces), binder.slot());
    }

    /** What backward needs: the rows of each subspace, and how many count. */
    private record Kept(List<INDArray> rows, double count) {}

    private record Bound(SubspaceOrthogonality spec, Shape outputShape, int[] sizes, Slot<Kept> slot) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            if (!pass.training()) {
                return x;
            }
            Kept kept = kept(ImageLayout.plain(x), pass.mask());
            pass.save(slot, kept);
            double sum = 0;
            for (int r = 0; r < sizes.length; r++) {
                for (int s = r + 1; s < sizes.length; s++) {
                    double norm = product(kept, r, s).norm2Number().doubleValue();
                    sum += norm * norm;
                }
            }
            pass.addPenalty(spec.strength * sum / entries());
            return x;
        }

        private Kept kept(INDArray x, INDArray mask) {
            boolean masked = mask != null && outputShape instanceof Shape.Sequence;
            INDArray counted = masked
                    ? x.mul(mask.reshape('c', mask.size(0), mask.size(1), 1).broadcast(x.shape()))
                    : x;
            List<INDArray> rows = new ArrayList<>();
            for (INDArray part : Features.split(counted, sizes)) {
                INDArray last = outputShape instanceof Shape.Image
                        ? part.permute(0, 2, 3, 1).dup('c')
                        : part;
                rows.add(last.reshape('c', last.length() / sizes[0], sizes[0]));
            }
            double count = masked ? mask.sumNumber().doubleValue() : rows.get(0).size(0);
            return new Kept(rows, count);
        }

        /** Of each product. */
        private double entries() {
            return (double) sizes[0] * sizes[0];
        }

        /** {@code H_rᵀ H_s / n}. */
        private INDArray product(Kept kept, int r, int s) {
            INDArray out = Nd4j.createUninitialized(kept.rows.get(r).dataType(), sizes[r], sizes[s]);
            return MatMul.into(kept.rows.get(r), true, kept.rows.get(s), false, out)
                    .divi(kept.count);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            if (!pass.collectsPenalties() || !pass.training()) {
                return gradient;
            }
            INDArray plain = ImageLayout.plain(gradient);
            Kept kept = pass.load(slot);
            List<INDArray> own = new ArrayList<>();
            for (int r = 0; r < sizes.length; r++) {
                own.add(inPlace(ownGradient(kept, r), plain));
            }
            return Features.concat(own).add(plain);
        }

        /** By {@code H_r}: {@code 2 strength / (n entries) Σ_s H_s (H_rᵀ H_s / n)ᵀ}; masked rows are 0. */
        private INDArray ownGradient(Kept kept, int r) {
            INDArray sum = kept.rows.get(r).like();
            for (int s = 0; s < sizes.length; s++) {
                if (s != r) {
                    INDArray part = Nd4j.createUninitialized(sum.dataType(), sum.shape());
                    MatMul.into(kept.rows.get(s), false, product(kept, r, s), true, part);
                    sum.addi(part);
                }
            }
            return sum.muli(2 * spec.strength / (kept.count * entries()));
        }

        /** From rows to a part of the input's shape. */
        private INDArray inPlace(INDArray rows, INDArray like) {
            long[] shape = like.shape().clone();
            if (outputShape instanceof Shape.Image) {
                return rows.reshape('c', shape[0], shape[2], shape[3], sizes[0]).permute(0, 3, 1, 2);
            }
            shape[shape.length - 1] = sizes[0];
            return rows.reshape('c', shape);
        }
    }
}
