package io.mtl4j.nn.layer;

import io.mtl4j.nn.kernel.InnerProduct;
import io.mtl4j.nn.kernel.OneDnn;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A fully connected layer {@code y = f(x W + b)} on vectors, on every step of a sequence, or on a flattened picture.
 *
 * @param units number of outputs
 * @param activation f
 * @param initializer how {@code W [inputs, units]} starts; {@code b} starts at 0
 */
public record Dense(int units, Activation activation, Initializer initializer) implements LayerSpec {

    /** Checks the values. */
    public Dense {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(initializer, "initializer");
        if (units < 1) {
            throw new IllegalArgumentException("dense: units = " + units + "; it must be at least 1");
        }
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        long inputs;
        Shape output;
        if (input instanceof Shape.Vector vector) {
            inputs = vector.features();
            output = Shape.vector(units);
        } else if (input instanceof Shape.Image image) {
            inputs = (long) image.channels() * image.height() * image.width();
            output = Shape.vector(units);
        } else if (input instanceof Shape.Sequence sequence) {
            inputs = sequence.features();
            output = Shape.sequence(units);
        } else {
            throw new IllegalArgumentException(
                    "dense: input is " + input + "; it takes numbers, so put an embedding before it");
        }
        return new Bound(
                inputs,
                units,
                activation,
                output,
                binder.weight("W", initializer, inputs, units, inputs, units),
                binder.bias("b", Initializer.ZEROS, units),
                binder.slot(),
                binder.slot(),
                binder.inputNeedsGradient());
    }

    private record Bound(
            long inputs,
            int units,
            Activation activation,
            Shape outputShape,
            Parameter weight,
            Parameter bias,
            Slot<INDArray> input,
            Slot<INDArray> kept,
            boolean needsGradient)
            implements Layer {

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            pass.save(input, x);
            return OneDnn.serves(x) ? direct(x, pass) : onNd4j(x, pass);
        }

        private InnerProduct product(INDArray x) {
            return new InnerProduct(x.length() / inputs, inputs, units, activation == Activation.RELU);
        }

        private INDArray direct(INDArray x, Pass pass) {
            INDArray z = outputShape instanceof Shape.Sequence
                    ? Nd4j.createUninitialized(x.dataType(), x.size(0), x.size(1), units)
                    : Nd4j.createUninitialized(x.dataType(), x.size(0), units);
            product(x).forward(x, pass.value(weight), pass.value(bias), z);
            return activation == Activation.RELU ? kept(z, z, pass) : activated(z, pass);
        }

        private INDArray activated(INDArray z, Pass pass) {
            return kept(z, activation.apply(z), pass);
        }

        private INDArray kept(INDArray z, INDArray y, Pass pass) {
            pass.save(kept, activation.keepsInput() ? z : y);
            return y;
        }

        private INDArray onNd4j(INDArray x, Pass pass) {
            INDArray rows = x.reshape('c', x.length() / inputs, inputs);
            INDArray z = Nd4j.createUninitialized(x.dataType(), rows.size(0), units);
            MatMul.into(rows, false, pass.value(weight), false, z);
            z.addiRowVector(pass.value(bias));
            INDArray y = activated(z, pass);
            return outputShape instanceof Shape.Sequence ? y.reshape('c', x.size(0), x.size(1), units) : y;
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray x = pass.load(input);
            if (OneDnn.serves(x)) {
                return backwardDirect(x, activation.gradient(pass.load(kept), gradient), pass);
            }
            INDArray rows = x.reshape('c', x.length() / inputs, inputs);
            INDArray g = activation.gradient(pass.load(kept), gradient.reshape('c', rows.size(0), units));
            MatMul.into(rows, true, g, false, pass.gradient(weight));
            g.sum(pass.gradient(bias), false, 0);
            if (!needsGradient) {
                return null;
            }
            INDArray dx = Nd4j.createUninitialized(x.dataType(), rows.shape());
            return MatMul.into(g, false, pass.value(weight), true, dx).reshape('c', x.shape());
        }

        private INDArray backwardDirect(INDArray x, INDArray g, Pass pass) {
            product(x).weightGradient(x, g, pass.gradient(weight), pass.gradient(bias));
            if (!needsGradient) {
                return null;
            }
            INDArray dx = Nd4j.createUninitialized(x.dataType(), x.shape());
            product(x).inputGradient(g, pass.value(weight), dx);
            return dx;
        }
    }
}
