package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.ImageLayout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout (Srivastava et al., JMLR 2014) in its inverted form: in training each element becomes 0 with probability {@code
 * rate} and is divided by {@code 1 - rate} otherwise; elsewhere the layer is the identity. One forward pass draws one
 * mask, which all backward passes after it use.
 *
 * @param rate probability of dropping an element, at least 0 and below 1
 */
public record Dropout(double rate) implements LayerSpec {

    /** Checks the value. */
    public Dropout {
        Require.within("dropout: rate", rate, 0, Math.nextDown(1.0));
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        if (input instanceof Shape.Tokens) {
            throw new IllegalArgumentException(
                    "dropout: input is " + input + "; it takes numbers, so put an embedding before it");
        }
        return new Bound(input, 1 - rate, binder.slot());
    }

    private record Bound(Shape outputShape, double keep, Slot<INDArray> mask) implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            if (!pass.training() || keep == 1) {
                pass.save(mask, null);
                return x;
            }
            INDArray drawn = Nd4j.createUninitialized(x.dataType(), x.shape());
            Nd4j.getExecutioner().exec(new BernoulliDistribution(drawn, keep), pass.random());
            drawn.muli(1 / keep);
            pass.save(mask, drawn);
            return times(x, drawn);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray drawn = pass.load(mask);
            return drawn == null ? gradient : times(ImageLayout.like(gradient, drawn), drawn);
        }

        private static INDArray times(INDArray a, INDArray b) {
            return a.muli(b, Nd4j.createUninitialized(a.dataType(), a.shape()));
        }
    }
}
