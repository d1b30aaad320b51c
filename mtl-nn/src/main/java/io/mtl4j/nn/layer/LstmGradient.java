package io.mtl4j.nn.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Back-propagation through time of an {@link LstmCell}. Everything that does not depend on later steps is computed for all
 * steps at once, so a step is one product of matrices and seven elementwise operations.
 *
 * @param trace what forward kept
 * @param units number of units
 * @param from the first row of the steps' inputs whose gradient is wanted
 * @param to the row after the states; the gradients of rows {@code from .. to - 1} are computed
 * @param states {@code [visits, units, batch]}: gradient with respect to the states from outside; used up by {@link #run}
 * @param rows {@code [visits, to - from, batch]}: receives the gradient with respect to the steps' inputs
 * @param gates {@code [visits, 4 units, batch]}: factors of the gates' gradients, then the gradients themselves
 * @param cells {@code [visits, units, batch]}: dh/dc within a step
 */
record LstmGradient(
        LstmCell.Trace trace,
        int units,
        int from,
        int to,
        INDArray states,
        INDArray rows,
        INDArray gates,
        INDArray cells) {

    static LstmGradient of(LstmCell.Trace trace, int units, int from, int to) {
        DataType type = trace.gates().dataType();
        long visits = trace.order().visits();
        long batch = trace.order().batch();
        INDArray o = gate(trace.gates(), 2, units);
        INDArray tanh = trace.squashed();
        return new LstmGradient(
                trace,
                units,
                from,
                to,
                Nd4j.createUninitialized(type, visits, units, batch),
                Nd4j.createUninitialized(type, visits, (long) to - from, batch),
                factors(trace, units),
                tanh.mul(tanh).rsubi(1).muli(o));
    }

    /** With respect to a gate's argument: of c for f, i and g, of h for o. */
    private static INDArray factors(LstmCell.Trace trace, int units) {
        INDArray gates = trace.gates();
        INDArray factors = gates.rsub(1).muli(gates);
        INDArray i = gate(gates, 1, units);
        INDArray g = gate(gates, 3, units);
        INDArray previous = trace.cells().get(interval(0, trace.order().visits()), all(), all());
        gate(factors, 0, units).muli(previous);
        gate(factors, 1, units).muli(g);
        gate(factors, 2, units).muli(trace.squashed());
        gate(factors, 3, units).assign(g.mul(g).rsubi(1).muli(i));
        return factors;
    }

    private static INDArray gate(INDArray gates, int k, int units) {
        return gates.get(all(), interval(k * (long) units, (k + 1L) * units), all());
    }

    /**
     * Runs from the last visit to the first.
     *
     * @return gradient with respect to the matrix of weights, {@code [rows, 4 units]}
     */
    INDArray run() {
        INDArray weights = trace.weights();
        // Column-major, so that products can be added to it in place; its transpose is row-major.
        INDArray sum = Nd4j.createUninitialized(weights.dataType(), new long[] {weights.size(1), weights.size(0)}, 'f');
        INDArray used = weights.get(interval(from, to), all());
        int last = trace.order().visits() - 1;
        INDArray c = Nd4j.zeros(weights.dataType(), units, trace.order().batch());
        INDArray change = c.ulike();
        for (int v = last; v >= 0; v--) {
            INDArray h = states.slice(v);
            INDArray z = gates.slice(v);
            c.addi(h.mul(cells.slice(v), change));
            z.get(interval(2L * units, 3L * units), all()).muli(h);
            for (int k : new int[] {0, 1, 3}) {
                z.get(interval(k * (long) units, (k + 1L) * units), all()).muli(c);
            }
            c.muli(trace.gates().slice(v).get(interval(0, units), all()));
            INDArray below = MatMul.into(used, false, z, false, rows.slice(v));
            if (v > 0) {
                states.slice(v - 1L).addi(below.get(interval((long) to - from - units, (long) to - from), all()));
            }
            Nd4j.gemm(z, trace.rows().slice(v), sum, false, true, 1, v == last ? 0 : 1);
        }
        return sum.transpose();
    }
}
