package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.ImageLayout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Passes its input on and adds {@code (l1 Σ|x| + l2/2 Σ x²) / batch} to the training loss, which keeps representations small
 * or sparse. The term is no task's loss: its gradient joins the update after the tasks' gradients were weighted or combined.
 * Padding of sequences does not count.
 *
 * @param l1 coefficient of the sum of absolute values, at least 0
 * @param l2 coefficient of half the sum of squares, at least 0
 */
public record ActivityPenalty(double l1, double l2) implements LayerSpec {

    /** Checks the values. */
    public ActivityPenalty {
        Require.nonNegative("activity penalty: l1", l1);
        Require.nonNegative("activity penalty: l2", l2);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        binder.penalizesActivations();
        return new Bound(this, input, binder.slot());
    }

    private record Bound(ActivityPenalty spec, Shape outputShape, Slot<INDArray> slot) implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            INDArray counted = counted(ImageLayout.plain(x), pass.mask());
            pass.save(slot, counted);
            double absolute = spec.l1 == 0 ? 0 : spec.l1 * counted.norm1Number().doubleValue();
            double norm = spec.l2 == 0 ? 0 : counted.norm2Number().doubleValue();
            pass.addPenalty((absolute + spec.l2 / 2 * norm * norm) / x.size(0));
            return x;
        }

        private INDArray counted(INDArray x, INDArray mask) {
            if (mask == null || !(outputShape instanceof Shape.Sequence)) {
                return x;
            }
            return x.mul(mask.reshape('c', mask.size(0), mask.size(1), 1).broadcast(x.shape()));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            if (!pass.collectsPenalties()) {
                return gradient;
            }
            INDArray x = pass.load(slot);
            INDArray own = Transforms.sign(x, true).muli(spec.l1).addi(x.mul(spec.l2));
            return own.divi(x.size(0)).addi(ImageLayout.plain(gradient));
        }
    }
}
