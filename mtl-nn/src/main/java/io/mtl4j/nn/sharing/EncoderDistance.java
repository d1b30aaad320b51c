package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.ParameterPenalty;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code strength Σ_(i<j) |θ_i - θ_j|²}, whose gradient by {@code θ_i} is {@code 2 strength Σ_j (θ_i - θ_j)}.
 *
 * @param strength coefficient
 * @param alike lists of one parameter of each encoder
 */
record EncoderDistance(double strength, List<List<Parameter>> alike) implements ParameterPenalty {

    @Override
    public double value(Function<Parameter, INDArray> values) {
        double sum = 0;
        for (List<Parameter> parameters : alike) {
            for (int i = 0; i < parameters.size(); i++) {
                for (int j = 0; j < i; j++) {
                    double distance = values.apply(parameters.get(i)).distance2(values.apply(parameters.get(j)));
                    sum += distance * distance;
                }
            }
        }
        return strength * sum;
    }

    /** With the sum of all, as {@code Σ_j (θ_i - θ_j) = n θ_i - Σ_j θ_j}. */
    @Override
    public void addGradient(Function<Parameter, INDArray> values, Function<Parameter, INDArray> gradients) {
        for (List<Parameter> parameters : alike) {
            INDArray sum = values.apply(parameters.get(0)).dup();
            parameters.stream().skip(1).forEach(p -> sum.addi(values.apply(p)));
            sum.muli(-2 * strength);
            for (Parameter p : parameters) {
                gradients.apply(p).addi(sum).addi(values.apply(p).mul(2 * strength * parameters.size()));
            }
        }
    }
}
