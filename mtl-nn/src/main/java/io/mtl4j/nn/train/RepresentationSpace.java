package io.mtl4j.nn.train;

import io.mtl4j.nn.model.Architecture;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.RepresentationPass;
import io.mtl4j.step.Jacobian;
import io.mtl4j.step.Jacobian.ColumnRange;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The gradients of the shared representation: K backward passes through the heads, and one through the encoder with what
 * the method made of them. Its columns are {@code example * features + feature}.
 */
final class RepresentationSpace implements GradientSpace {

    private final RepresentationPass pass;
    private final Gradients gradients;
    private final Divergence divergence;
    private DeviceJacobian jacobian;
    private INDArray rows;
    private INDArray direction;
    private double[][] gramian;

    /**
     * Finds the representation of a batch.
     *
     * @throws IllegalStateException if no task is present, or the present tasks read different representations
     */
    RepresentationSpace(BatchPass pass, Gradients gradients, Divergence divergence) {
        this.pass = pass.representation();
        this.gradients = gradients;
        this.divergence = divergence;
    }

    /**
     * Checks what can be known of a model before it trains.
     *
     * @param method the name of the method that asks for the representation
     * @throws IllegalStateException if the tasks read several inputs, whose batches are different examples
     */
    static void requireOneInput(Architecture architecture, String method) {
        if (architecture.inputs().size() > 1) {
            throw new IllegalStateException("\"" + method + "\" works on gradients of the one representation that all"
                    + " tasks read, but the tasks of this model read "
                    + architecture.inputs().size()
                    + " inputs, each with examples of its own; use one input for all tasks, or a method that works on"
                    + " gradients of the parameters");
        }
    }

    /** {@return the representation, {@code [batch][features]}} */
    double[][] values() {
        INDArray values = pass.values();
        return values.reshape('c', values.size(0), values.length() / values.size(0))
                .toDoubleMatrix();
    }

    @Override
    public Jacobian jacobian(int draw) {
        if (draw != 0) {
            throw new IllegalStateException("the representation of another batch has other examples, so its gradients"
                    + " have nothing in common with this batch's; use the method on gradients of the parameters");
        }
        return require();
    }

    private DeviceJacobian require() {
        if (jacobian == null) {
            rows = pass.jacobian(gradients);
            List<ColumnRange> whole = List.of(new ColumnRange("representation", 0, rows.columns()));
            jacobian = new DeviceJacobian(rows, granularity -> whole);
            gramian = jacobian.gramian();
            divergence.requireFiniteGradients(gramian);
        }
        return jacobian;
    }

    @Override
    public INDArray rows() {
        require();
        return rows;
    }

    @Override
    public void scale(double[] weights) {
        require().scaleRows(weights);
        gradients.scaleOwn(weights);
    }

    @Override
    public INDArray direction() {
        if (direction == null) {
            direction = Nd4j.createUninitialized(rows().dataType(), rows().columns());
        }
        return direction;
    }

    @Override
    public void follow() {
        pass.backward(direction, gradients);
    }

    @Override
    public double[][] gramian() {
        return gramian;
    }
}
