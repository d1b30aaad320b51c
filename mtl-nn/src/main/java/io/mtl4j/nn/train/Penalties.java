package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.ParameterLayout;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The gradient of {@code Σ l1 |θ| + l2 θ² / 2}, added to the update once a step, outside of the tasks' losses: what a
 * weighting or an aggregator sees is the tasks alone.
 */
final class Penalties {

    private final INDArray l1;
    private final INDArray l2;

    Penalties(ParameterLayout layout, DataType type) {
        this.l1 = coefficients(layout, type, p -> p.penalty().l1());
        this.l2 = coefficients(layout, type, p -> p.penalty().l2());
    }

    /** One coefficient an element, or null where all are 0. */
    private static INDArray coefficients(
            ParameterLayout layout, DataType type, ToDoubleFunction<Parameter> coefficient) {
        if (layout.parameters().stream().noneMatch(p -> p.trained() && coefficient.applyAsDouble(p) != 0)) {
            return null;
        }
        INDArray all = Nd4j.zeros(type, layout.trainedLength());
        for (Parameter p : layout.parameters()) {
            if (p.trained()) {
                long from = layout.offset(p);
                all.get(NDArrayIndex.interval(from, from + p.length())).assign(coefficient.applyAsDouble(p));
            }
        }
        return all;
    }

    void addTo(INDArray gradient, INDArray parameters) {
        if (l1 != null) {
            gradient.addi(Transforms.sign(parameters, true).muli(l1));
        }
        if (l2 != null) {
            gradient.addi(parameters.mul(l2));
        }
    }
}
