package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A gate of {@link DSelectK}: weights of the experts {@code [batch, n]}. The numbers are few, so they are computed on the
 * heap, in double precision.
 *
 * @param codes the arithmetic
 * @param entropy coefficient of the selectors' entropies
 * @param numbers gives the selectors' numbers, {@code [batch, width]}
 * @param kept for the way back
 */
record SelectorGate(SelectorCodes codes, double entropy, SelectorInput numbers, Slot<double[][]> kept)
        implements Layer {

    @Override
    public Shape outputShape() {
        return Shape.vector(codes.experts());
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        double[][] rows = numbers.forward(x, pass);
        pass.save(kept, rows);
        double[][] weights = new double[rows.length][codes.experts()];
        double penalty = 0;
        for (int b = 0; b < rows.length; b++) {
            double[][] r = codes.selections(rows[b]);
            double[] shares = codes.shares(rows[b]);
            for (int t = 0; t < r.length; t++) {
                for (int i = 0; i < codes.experts(); i++) {
                    weights[b][i] += shares[t] * r[t][i];
                }
            }
            penalty += codes.penalty(r, entropy);
        }
        pass.addPenalty(penalty / rows.length);
        INDArray all = Nd4j.createFromArray(weights).castTo(x.dataType());
        return rows.length == x.size(0)
                ? all
                : all.broadcast(x.size(0), codes.experts()).dup('c');
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        double[][] rows = pass.load(kept);
        double[][] weights = (rows.length == 1 ? gradient.sum(true, 0) : gradient).toDoubleMatrix();
        double[][] gradients = new double[rows.length][];
        for (int b = 0; b < rows.length; b++) {
            double[][] r = codes.selections(rows[b]);
            double[][] besides = new double[codes.selected()][codes.experts()];
            if (pass.collectsPenalties()) {
                codes.addPenaltyGradient(r, entropy, 1.0 / rows.length, besides);
            }
            gradients[b] = codes.backward(rows[b], r, weights[b], besides);
        }
        return numbers.backward(Nd4j.createFromArray(gradients).castTo(gradient.dataType()), pass);
    }
}
