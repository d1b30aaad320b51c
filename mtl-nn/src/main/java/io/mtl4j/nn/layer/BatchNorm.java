package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.kernel.BatchNormalization;
import io.mtl4j.nn.kernel.BatchNormalization.Statistics;
import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.kernel.OneDnn;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation (Ioffe and Szegedy, ICML 2015, algorithms 1 and 2): {@code y = f(scale (x - mean) / sqrt(variance +
 * epsilon) + offset)} for each channel of a picture, feature of a vector, or feature of a sequence. In training, mean and
 * variance (the biased one) are those of the batch, and running averages {@code r := momentum r + (1 - momentum) batch}
 * follow them; elsewhere the running averages take their place. In sequences only the steps that are not masked out count
 * for the statistics; all steps are transformed.
 *
 * <p>Scale and offset are parameters, so tasks share them. The running averages are {@linkplain Buffer buffers}, of which
 * every input of a model has its own: with a data set per task, a batch comes from one of them, and averages over both
 * would fit neither. A forward pass in training moves the averages, also one whose gradients are thrown away.
 *
 * @param momentum weight of the past in the running averages, from 0 to 1
 * @param epsilon added to the variance, above 0
 * @param activation f
 */
public record BatchNorm(double momentum, double epsilon, Activation activation) implements LayerSpec {

    /** Checks the values. */
    public BatchNorm {
        Require.within("batchNorm: momentum", momentum, 0, 1);
        Require.positive("batchNorm: epsilon", epsilon);
        Objects.requireNonNull(activation, "activation");
    }

    /**
     * {@return a batch normalisation with momentum 0.9 and epsilon 1e-5}
     *
     * @param activation what follows it
     */
    public static BatchNorm of(Activation activation) {
        return new BatchNorm(0.9, 1e-5, activation);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        long features = ChannelLayout.channels(input, "batchNorm");
        return new Bound(
                this,
                input,
                features,
                binder.bias("scale", Initializer.ONES, features),
                binder.bias("offset", Initializer.ZEROS, features),
                binder.buffer("mean", 0, features),
                binder.buffer("variance", 1, features),
                binder.slot(),
                binder.slot(),
                binder.inputNeedsGradient(),
                binder.isFrozen());
    }

    /** What backward needs: the centred input as a matrix, 1 / standard deviation by channel, and f's own. */
    private record Kept(ChannelLayout layout, INDArray centred, INDArray inverse, INDArray activation) {}

    /** What backward needs after oneDNN: its own, and f's unless oneDNN did that as well. */
    private record Direct(BatchNormalization norm, BatchNormalization.Kept kept, INDArray activation) {}

    private record Bound(
            BatchNorm spec,
            Shape outputShape,
            long features,
            Parameter scale,
            Parameter offset,
            Buffer mean,
            Buffer variance,
            Slot<Kept> slot,
            Slot<Direct> directSlot,
            boolean needsGradient,
            boolean frozen)
            implements Layer {

        @Override
        public boolean takesBlocks() {
            return true;
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return outputShape instanceof Shape.Image && OneDnn.serves(x) ? direct(x, pass) : onNd4j(x, pass);
        }

        private INDArray direct(INDArray x, Pass pass) {
            boolean relu = spec.activation == Activation.RELU;
            BatchNormalization norm =
                    new BatchNormalization(ImageLayout.picture(x), (float) spec.epsilon, !learns(pass), relu);
            Statistics statistics = learns(pass)
                    ? new Statistics(ChannelLayout.like(pass.buffer(mean)), ChannelLayout.like(pass.buffer(variance)))
                    : new Statistics(pass.buffer(mean), pass.buffer(variance));
            BatchNormalization.Result result = norm.forward(x, pass.value(scale), pass.value(offset), statistics);
            if (learns(pass)) {
                follow(pass.buffer(mean), statistics.mean());
                follow(pass.buffer(variance), statistics.variance());
            }
            INDArray z = result.output();
            INDArray y = relu ? z : spec.activation.apply(z);
            pass.save(directSlot, new Direct(norm, result.kept(), relu ? null : spec.activation.keepsInput() ? z : y));
            return y;
        }

        private INDArray onNd4j(INDArray x, Pass pass) {
            ChannelLayout layout = ChannelLayout.of(outputShape, x, pass.mask());
            INDArray rows = layout.matrix(x);
            INDArray mu = learns(pass) ? layout.mean(rows) : pass.buffer(mean);
            INDArray centred = layout.minus(rows, mu);
            INDArray z = ChannelLayout.like(rows);
            INDArray sigma2 = learns(pass) ? layout.meanSquare(centred, z) : pass.buffer(variance);
            if (learns(pass)) {
                follow(pass.buffer(mean), mu);
                follow(pass.buffer(variance), sigma2);
            }
            INDArray inverse = Transforms.sqrt(sigma2.add(spec.epsilon), false).rdivi(1);
            layout.times(centred, inverse.mul(pass.value(scale)), z);
            layout.add(z, pass.value(offset));
            INDArray y = spec.activation.apply(z);
            pass.save(slot, new Kept(layout, centred, inverse, spec.activation.keepsInput() ? z : y));
            return y.reshape('c', x.shape());
        }

        private boolean learns(Pass pass) {
            return pass.training() && !frozen;
        }

        private void follow(INDArray running, INDArray batch) {
            running.muli(spec.momentum).addi(batch.mul(1 - spec.momentum));
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            Direct direct = pass.load(directSlot);
            if (direct == null) {
                return backwardOnNd4j(gradient, pass);
            }
            INDArray g = direct.activation == null
                    ? gradient
                    : spec.activation.gradient(direct.activation, ImageLayout.like(gradient, direct.activation));
            INDArray dx = direct.norm.backward(
                    direct.kept, g, pass.value(scale), pass.gradient(scale), pass.gradient(offset));
            return needsGradient ? dx : null;
        }

        private INDArray backwardOnNd4j(INDArray gradient, Pass pass) {
            Kept kept = pass.load(slot);
            ChannelLayout layout = kept.layout;
            INDArray g = spec.activation.gradient(kept.activation, layout.matrix(gradient));
            INDArray dx = ChannelLayout.like(g);
            INDArray sum = layout.sum(g);
            INDArray scaleGradient = layout.sumOfProducts(g, kept.centred, dx).muli(kept.inverse);
            pass.gradient(offset).assign(sum);
            pass.gradient(scale).assign(scaleGradient);
            if (!needsGradient) {
                return null;
            }
            INDArray factor = kept.inverse.mul(pass.value(scale));
            if (!learns(pass)) {
                return layout.times(g, factor, dx).reshape('c', gradient.shape());
            }
            // dx = factor (g - w/n (Σ g + x̂ Σ g x̂)), where w is 1 for what counts, 0 for the rest, and n their sum
            layout.times(kept.centred, scaleGradient.mul(kept.inverse).divi(-layout.count()), dx);
            layout.add(dx, sum.divi(-layout.count()));
            layout.clearMasked(dx);
            dx.addi(g);
            layout.times(dx, factor, dx);
            return dx.reshape('c', gradient.shape());
        }
    }
}
