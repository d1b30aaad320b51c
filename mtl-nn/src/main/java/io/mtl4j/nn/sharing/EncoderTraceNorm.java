package io.mtl4j.nn.sharing;

import io.mtl4j.internal.SymmetricEigen;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.ParameterPenalty;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code strength Σ tr((M Mᵀ + ε I)^(1/2))}, for matrices M that have one parameter of each encoder as their rows, with ε =
 * 1e-6: the trace norm, the sum of singular values, made smooth at 0. The gradient is {@code strength (M Mᵀ + ε I)^(-1/2) M},
 * which for ε = 0 is {@code U Vᵀ} of the singular value decomposition; the roots are of matrices as small as the number of
 * encoders.
 *
 * @param strength coefficient
 * @param alike lists of one parameter of each encoder
 */
record EncoderTraceNorm(double strength, List<List<Parameter>> alike) implements ParameterPenalty {

    private static final double EPSILON = 1e-6;

    @Override
    public double value(Function<Parameter, INDArray> values) {
        double sum = 0;
        for (List<Parameter> parameters : alike) {
            for (double eigenvalue : gramian(rows(parameters, values)).values()) {
                sum += root(eigenvalue);
            }
        }
        return strength * sum;
    }

    private static List<INDArray> rows(List<Parameter> parameters, Function<Parameter, INDArray> values) {
        return parameters.stream().map(values).toList();
    }

    private static SymmetricEigen gramian(List<INDArray> rows) {
        double[][] gramian = new double[rows.size()][rows.size()];
        for (int i = 0; i < gramian.length; i++) {
            for (int j = 0; j <= i; j++) {
                gramian[i][j] = rows.get(i).mul(rows.get(j)).sumNumber().doubleValue();
                gramian[j][i] = gramian[i][j];
            }
        }
        return SymmetricEigen.of(gramian);
    }

    /** Rounding may have left an eigenvalue a little below 0. */
    private static double root(double eigenvalue) {
        return Math.sqrt(Math.max(0, eigenvalue) + EPSILON);
    }

    @Override
    public void addGradient(Function<Parameter, INDArray> values, Function<Parameter, INDArray> gradients) {
        for (List<Parameter> parameters : alike) {
            List<INDArray> rows = rows(parameters, values);
            SymmetricEigen eigen = gramian(rows);
            for (int i = 0; i < rows.size(); i++) {
                INDArray gradient = gradients.apply(parameters.get(i));
                for (int j = 0; j < rows.size(); j++) {
                    gradient.addi(rows.get(j).mul(strength * inverseRoot(eigen, i, j)));
                }
            }
        }
    }

    private static double inverseRoot(SymmetricEigen eigen, int i, int j) {
        double sum = 0;
        for (int e = 0; e < eigen.values().length; e++) {
            sum += eigen.vectors()[i][e] * eigen.vectors()[j][e] / root(eigen.values()[e]);
        }
        return sum;
    }
}
