package io.mtl4j.nn.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One direction of an {@link Lstm}.
 *
 * <p>Arrays of a step are feature-major, {@code [features, batch]}, so that each gate is one contiguous block. The rows of
 * a step's input are {@code x_t, h_(t-1), 1} and, with padding, 1 where the step is padding; {@code W, R, b} and that
 * last row's weights (which close the input gate and so keep the state at 0) lie below each other in one matrix. So a
 * step is one product of matrices and six elementwise operations.
 */
record LstmCell(
        int inputs,
        int units,
        boolean reversed,
        Shape outputShape,
        Parameter inputWeight,
        Parameter recurrentWeight,
        Parameter forgetBias,
        Parameter bias,
        Slot<LstmCell.Trace> trace,
        boolean needsGradient)
        implements Layer {

    /** Far below where the sigmoid becomes exactly 0 in double precision. */
    private static final double CLOSED = -1e4;

    /** What backward needs: inputs {@code [visits + 1, rows, batch]}, gates {@code [visits, 4 units, batch]}. */
    record Trace(Alignment order, INDArray weights, INDArray rows, INDArray gates, INDArray cells, INDArray squashed) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        Alignment order = Alignment.of(pass.mask(), (int) x.size(0), (int) x.size(1), reversed);
        DataType type = x.dataType();
        int visits = order.visits();
        Trace t = new Trace(
                order,
                weights(pass, order.padded(), type),
                rows(x, order),
                Nd4j.createUninitialized(type, visits, 4L * units, order.batch()),
                Nd4j.createUninitialized(type, visits + 1L, units, order.batch()),
                Nd4j.createUninitialized(type, visits, units, order.batch()));
        t.cells.slice(0).assign(0);
        for (int v = 0; v < visits; v++) {
            step(t, v);
        }
        pass.save(trace, t);
        return outputShape instanceof Shape.Vector
                ? state(t.rows, visits).transpose().dup('c')
                : order.fromVisits(t.rows.get(interval(1, visits + 1L), interval(inputs, inputs + units), all()));
    }

    private INDArray weights(Pass pass, boolean padded, DataType type) {
        long ones = inputs + (long) units;
        INDArray w = Nd4j.createUninitialized(type, ones + (padded ? 2 : 1), 4L * units);
        w.get(interval(0, inputs), all()).assign(pass.value(inputWeight));
        w.get(interval(inputs, ones), all()).assign(pass.value(recurrentWeight));
        w.get(interval(ones, ones + 1), interval(0, units))
                .assign(pass.value(forgetBias).reshape(1, units));
        w.get(interval(ones, ones + 1), interval(units, 4L * units))
                .assign(pass.value(bias).reshape(1, 3L * units));
        if (padded) {
            w.get(interval(ones + 1, ones + 2), all()).assign(0);
            w.get(interval(ones + 1, ones + 2), interval(units, 2L * units)).assign(CLOSED);
        }
        return w;
    }

    private INDArray rows(INDArray x, Alignment order) {
        long ones = inputs + (long) units;
        int visits = order.visits();
        INDArray rows =
                Nd4j.createUninitialized(x.dataType(), visits + 1L, ones + (order.padded() ? 2 : 1), order.batch());
        order.toVisits(x, rows.get(interval(0, visits), interval(0, inputs), all()));
        state(rows, 0).assign(0);
        rows.get(all(), interval(ones, ones + 1), all()).assign(1);
        if (order.padded()) {
            rows.get(interval(0, visits), interval(ones + 1, ones + 2), all())
                    .assign(Alignment.column(order.real(), x.dataType())
                            .rsubi(1)
                            .reshape('c', visits, 1, order.batch()));
        }
        return rows;
    }

    private void step(Trace t, int v) {
        INDArray z = t.gates.slice(v);
        MatMul.into(t.weights, true, t.rows.slice(v), false, z);
        INDArray sigmoids = z.get(interval(0, 3L * units), all());
        INDArray g = gate(z, 3);
        Nd4j.getExecutioner().exec(new Sigmoid(sigmoids, sigmoids));
        Nd4j.getExecutioner().exec(new Tanh(g, g));
        INDArray c = t.cells.slice(v + 1L);
        INDArray squashed = t.squashed.slice(v);
        gate(z, 1).mul(g, squashed);
        gate(z, 0).mul(t.cells.slice(v), c);
        c.addi(squashed);
        Nd4j.getExecutioner().exec(new Tanh(c, squashed));
        gate(z, 2).mul(squashed, state(t.rows, v + 1));
    }

    /** The k-th of the gates forget, input, output, candidate. */
    private INDArray gate(INDArray z, int k) {
        return z.get(interval(k * (long) units, (k + 1L) * units), all());
    }

    private INDArray state(INDArray rows, int v) {
        return rows.get(point(v), interval(inputs, inputs + units), all());
    }

    @Override
    public INDArray backward(INDArray gradient, Pass pass) {
        Trace t = pass.load(trace);
        LstmGradient g = LstmGradient.of(t, units, needsGradient ? 0 : inputs, inputs + units);
        if (outputShape instanceof Shape.Vector) {
            g.states().assign(0);
            g.states().slice(t.order.visits() - 1L).assign(gradient.transpose());
        } else {
            t.order.gradientToVisits(gradient, g.states());
        }
        INDArray weights = g.run();
        assign(pass, weights);
        return needsGradient ? t.order.fromVisits(g.rows().get(all(), interval(0, inputs), all())) : null;
    }

    private void assign(Pass pass, INDArray weights) {
        long ones = inputs + (long) units;
        pass.gradient(inputWeight).assign(weights.get(interval(0, inputs), all()));
        pass.gradient(recurrentWeight).assign(weights.get(interval(inputs, ones), all()));
        pass.gradient(forgetBias).assign(weights.get(point(ones), interval(0, units)));
        pass.gradient(bias).assign(weights.get(point(ones), interval(units, 4L * units)));
    }
}
