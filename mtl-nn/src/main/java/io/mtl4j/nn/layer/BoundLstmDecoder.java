package io.mtl4j.nn.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import io.mtl4j.nn.kernel.LstmRun;
import io.mtl4j.nn.kernel.LstmState;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A bound {@link LstmDecoder}; {@code attention} and {@code joint} are null where a vector is decoded. */
record BoundLstmDecoder(
        int units,
        MemoryMean mean,
        Layer start,
        LstmParameters lstm,
        GeneralAttention attention,
        Layer joint,
        Slot<LstmRun> run)
        implements Decoder.Bound {

    @Override
    public INDArray forward(INDArray said, Decoder.Memory memory, Pass pass) {
        INDArray visits = said.permute(1, 0, 2).dup('c');
        LstmRun lstmRun = LstmLoop.fastest(visits, lstm.values(pass), startState(memory, pass));
        pass.save(run, lstmRun);
        return features(lstmRun.states().permute(1, 0, 2).dup('c'), memory, pass);
    }

    private LstmState startState(Decoder.Memory memory, Pass pass) {
        INDArray both = start.forward(mean.forward(memory, pass), pass);
        return new LstmState(half(both, 0), half(both, 1));
    }

    private INDArray half(INDArray both, int number) {
        return both.get(all(), interval((long) number * units, (number + 1L) * units))
                .dup('c');
    }

    private INDArray features(INDArray h, Decoder.Memory memory, Pass pass) {
        return attention == null ? h : joint.forward(Nd4j.concat(2, attention.forward(h, memory, pass), h), pass);
    }

    @Override
    public Decoder.Gradients backward(INDArray gradient, Pass pass) {
        if (attention == null) {
            return throughLstm(gradient, null, pass);
        }
        INDArray both = joint.backward(gradient, pass);
        long context = both.size(2) - units;
        Decoder.Gradients attended =
                attention.backward(both.get(all(), all(), interval(0, context)).dup('c'), pass);
        INDArray h = attended.said().addi(both.get(all(), all(), interval(context, context + units)));
        return throughLstm(h, attended.memory(), pass);
    }

    private Decoder.Gradients throughLstm(INDArray h, INDArray attended, Pass pass) {
        LstmState state = LstmState.zeros(h.dataType(), h.size(0), units);
        INDArray visits =
                pass.load(run).backward(h.permute(1, 0, 2).dup('c'), lstm.values(pass), lstm.gradients(pass), state);
        INDArray memory = mean.backward(start.backward(Nd4j.concat(1, state.h(), state.c()), pass), pass);
        return new Decoder.Gradients(
                visits.permute(1, 0, 2).dup('c'), attended == null ? memory : memory.addi(attended));
    }

    @Override
    public Decoder.Steps start(Decoder.Memory memory, int beams, int longest, Pass pass) {
        return new Running(memory, beams, pass);
    }

    /** The state of each row. */
    private final class Running implements Decoder.Steps {
        private final Decoder.Memory memory;
        private final Pass pass;
        private LstmState state;

        Running(Decoder.Memory memory, int beams, Pass pass) {
            this.memory = memory;
            this.pass = pass;
            this.state = startState(memory, pass);
            int[] rows = new int[(int) memory.steps().size(0) * beams];
            Arrays.setAll(rows, row -> row / beams);
            keep(rows);
        }

        @Override
        public INDArray next(INDArray said) {
            LstmLoop step = LstmLoop.over(said.reshape('c', 1, said.size(0), units), lstm.values(pass), state);
            state = step.last();
            // The rows of an example are as many queries to the same memory.
            long batch = memory.steps().size(0);
            INDArray h = state.h().reshape('c', batch, said.size(0) / batch, units);
            return features(h, memory, pass).reshape('c', said.size(0), units);
        }

        @Override
        public void keep(int[] rows) {
            state = new LstmState(Rows.take(state.h(), rows), Rows.take(state.c(), rows));
        }
    }
}
