package io.mtl4j.nn.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.mtl4j.nn.kernel.LstmRun;
import io.mtl4j.nn.kernel.LstmState;
import io.mtl4j.nn.kernel.LstmWeights;
import io.mtl4j.nn.kernel.OneDnn;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A long short-term memory step by step with ND4J's operations, for any data type and backend.
 *
 * @param x input {@code [steps, batch, features]}
 * @param gates {@code [steps, batch, 4 units]}: input, forget, candidate, output
 * @param squashed {@code tanh(c)} after each step, {@code [steps, batch, units]}
 * @param cells c before each step, {@code [steps, batch, units]}
 * @param previous h before each step, {@code [steps, batch, units]}
 * @param states h after each step, {@code [steps, batch, units]}
 * @param last the state after the last step
 */
record LstmLoop(
        INDArray x,
        INDArray gates,
        INDArray squashed,
        INDArray cells,
        INDArray previous,
        INDArray states,
        LstmState last)
        implements LstmRun {

    /** A run with oneDNN where that can do it, step by step otherwise. */
    static LstmRun fastest(INDArray x, LstmWeights weights, LstmState start) {
        return OneDnn.serves(x) ? LstmRun.fused(x, weights, start) : over(x, weights, start);
    }

    static LstmLoop over(INDArray x, LstmWeights weights, LstmState start) {
        long[] shape = {x.size(0), x.size(1), weights.units()};
        INDArray gates = Nd4j.createUninitialized(x.dataType(), shape[0], shape[1], 4 * shape[2]);
        MatMul.into(rows(x), false, weights.input(), false, rows(gates));
        rows(gates).addiRowVector(weights.bias());
        INDArray squashed = Nd4j.createUninitialized(x.dataType(), shape);
        LstmState last = new LstmState(start.h().dup('c'), start.c().dup('c'));
        LstmLoop run = new LstmLoop(x, gates, squashed, squashed.ulike(), squashed.ulike(), squashed.ulike(), last);
        for (int t = 0; t < shape[0]; t++) {
            run.step(t, last.c(), last.h(), weights.recurrent());
        }
        return run;
    }

    /** Turns c and h before the step into those after it. */
    private void step(int t, INDArray c, INDArray h, INDArray recurrent) {
        cells.slice(t).assign(c);
        previous.slice(t).assign(h);
        INDArray z = gates.slice(t);
        z.addi(MatMul.into(h, false, recurrent, false, z.ulike()));
        for (int k : new int[] {0, 1, 3}) {
            Nd4j.getExecutioner().exec(new Sigmoid(gate(z, k), gate(z, k)));
        }
        Nd4j.getExecutioner().exec(new Tanh(gate(z, 2), gate(z, 2)));
        c.muli(gate(z, 1)).addi(gate(z, 0).mul(gate(z, 2)));
        INDArray tanh = squashed.slice(t);
        Nd4j.getExecutioner().exec(new Tanh(c, tanh));
        gate(z, 3).mul(tanh, h);
        states.slice(t).assign(h);
    }

    @Override
    public INDArray backward(INDArray gradient, LstmWeights weights, LstmWeights gradients, LstmState start) {
        INDArray dz = gates.ulike();
        INDArray dc = Nd4j.zeros(x.dataType(), x.size(1), weights.units());
        INDArray dh = dc.ulike().assign(0);
        for (int t = (int) x.size(0) - 1; t >= 0; t--) {
            stepBack(t, dh.addi(gradient.slice(t)), dc, dz.slice(t));
            MatMul.into(dz.slice(t), false, weights.recurrent(), true, dh);
        }
        start.h().assign(dh);
        start.c().assign(dc);
        MatMul.into(rows(x), true, rows(dz), false, gradients.input());
        MatMul.into(rows(previous), true, rows(dz), false, gradients.recurrent());
        Rows.assignSum(rows(dz), gradients.bias());
        INDArray dx = x.ulike();
        MatMul.into(rows(dz), false, weights.input(), true, rows(dx));
        return dx;
    }

    /** Turns dc after the step into dc before it, and assigns the gradients of the gates' arguments. */
    private void stepBack(int t, INDArray dh, INDArray dc, INDArray dz) {
        INDArray z = gates.slice(t);
        INDArray tanh = squashed.slice(t);
        gate(dz, 3).assign(slope(gate(z, 3)).muli(tanh).muli(dh));
        dc.addi(tanh.mul(tanh).rsubi(1).muli(gate(z, 3)).muli(dh));
        INDArray candidate = gate(z, 2);
        gate(dz, 0).assign(slope(gate(z, 0)).muli(candidate).muli(dc));
        gate(dz, 1).assign(slope(gate(z, 1)).muli(cells.slice(t)).muli(dc));
        gate(dz, 2).assign(candidate.mul(candidate).rsubi(1).muli(gate(z, 0)).muli(dc));
        dc.muli(gate(z, 1));
    }

    /** The derivative of the sigmoid whose values are given. */
    private static INDArray slope(INDArray sigmoid) {
        return sigmoid.rsub(1).muli(sigmoid);
    }

    private static INDArray gate(INDArray z, int k) {
        long units = z.size(1) / 4;
        return z.get(all(), interval(k * units, (k + 1) * units));
    }

    private static INDArray rows(INDArray steps) {
        return steps.reshape('c', steps.size(0) * steps.size(1), steps.size(2));
    }
}
