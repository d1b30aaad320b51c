package io.mtl4j.nn.meta;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.internal.NonFinite;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.ParameterLayout;
import io.mtl4j.nn.train.TrainingDivergedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A model on its way through an episode: what a {@link MetaMethod} computes with. It starts at the parameters θ₀ that the model
 * had at {@link #begin}, takes steps θ₁, θ₂, ... and remembers them. All vectors are those of the trained parameters, {@code
 * [N]}.
 *
 * <p>Every pass runs as in training. Dropout draws anew for each step, but the same for all passes at the same point, so that a
 * step and its second derivatives are those of one function. Batch normalisation uses the statistics of the batch, and the
 * steps move the running statistics on; passes for second derivatives do not.
 */
public final class InnerLoop {

    /** Length of the displacement on either side in the differences: near the third root of the rounding error. */
    private static final double FLOAT_DISPLACEMENT = 1e-2;

    private static final double DOUBLE_DISPLACEMENT = 1e-5;

    private final MultiTaskModel model;
    private final Network network;
    private final Gradients gradients;
    private final Adaptation adaptation;
    private final INDArray mask;
    private final double[] weights;
    private final List<INDArray> path = new ArrayList<>();
    private int steps;
    private double loss;
    private Seed seed = new Seed(0);

    InnerLoop(MultiTaskModel model, Adaptation adaptation) {
        this.model = model;
        this.network = model.network();
        this.gradients = network.newGradients();
        this.adaptation = adaptation;
        this.mask = mask(network, adaptation.part());
        this.weights = new double[model.tasks().size()];
        Arrays.fill(weights, 1);
    }

    /** 1 where a parameter adapts, 0 elsewhere; null if all do. */
    private static INDArray mask(Network network, AdaptedPart part) {
        ParameterLayout layout = network.store().layout();
        List<Parameter> trained =
                layout.parameters().stream().filter(Parameter::trained).toList();
        if (trained.stream().noneMatch(part::holds)) {
            throw new IllegalArgumentException(
                    "adaptation of " + part
                            + ": the model has no such parameters that train; let another part adapt, or do not freeze this one");
        }
        if (trained.stream().allMatch(part::holds)) {
            return null;
        }
        INDArray mask = Nd4j.zeros(network.type(), layout.trainedLength());
        for (Parameter p : trained) {
            if (part.holds(p)) {
                long from = layout.offset(p);
                mask.get(NDArrayIndex.interval(from, from + p.length())).assign(1);
            }
        }
        return mask;
    }

    /** Starts at the model's present parameters. */
    void begin(Seed noise) {
        seed = noise;
        steps = 0;
        remember();
    }

    private void remember() {
        if (path.size() <= steps) {
            path.add(parameters().dup());
        } else {
            path.get(steps).assign(parameters());
        }
    }

    /** Goes back to θ₀. */
    void end() {
        parameters().assign(path.get(0));
    }

    /** {@return how the model adapts} */
    public Adaptation adaptation() {
        return adaptation;
    }

    /** {@return the parameters that the model has now, live} */
    public INDArray parameters() {
        return network.store().trained();
    }

    /**
     * {@return the parameters after a number of steps, live}
     *
     * @param step from 0, θ₀, to the number of steps taken
     */
    public INDArray parameters(int step) {
        return path.get(step);
    }

    /** {@return the sum of the losses at the last {@link #step} or {@link #gradient(MultiTaskBatch)}, before the step} */
    public double loss() {
        return loss;
    }

    /**
     * {@return the gradient of the sum of all tasks' losses at the present parameters, valid until the next call}
     *
     * @param batch labelled examples
     * @throws IllegalArgumentException if the examples do not fit the model, or have no labels
     * @throws TrainingDivergedException if a loss or feature is NaN or infinite
     */
    public INDArray gradient(MultiTaskBatch batch) {
        return gradient(batch, steps);
    }

    /**
     * Takes a step: the parameters that adapt go by {@code -α} times the gradient.
     *
     * @param batch labelled examples
     * @throws IllegalArgumentException if the examples do not fit the model, or have no labels
     * @throws TrainingDivergedException if a loss or feature is NaN or infinite
     */
    public void step(MultiTaskBatch batch) {
        parameters().subi(masked(gradient(batch)).muli(adaptation.rate()));
        steps++;
        remember();
    }

    private INDArray masked(INDArray vector) {
        return mask == null ? vector : vector.muli(mask);
    }

    private INDArray gradient(MultiTaskBatch batch, int point) {
        batch.sources().forEach((input, source) -> requireFinite(input, source.features()));
        try (MemoryWorkspace arena = Arena.open("META")) {
            BatchPass pass = network.forward(batch, seed.child(point));
            loss = sum(pass);
            pass.weightedGradient(weights, gradients);
        }
        return gradients.flat();
    }

    private double sum(BatchPass pass) {
        double sum = 0;
        int labelled = 0;
        for (int k = 0; k < weights.length; k++) {
            if (pass.present(k)) {
                labelled++;
                sum += pass.loss(k);
                requireFinite(k, pass.loss(k));
            }
        }
        if (labelled == 0) {
            throw new IllegalArgumentException("an episode's batch without labels of any of the tasks "
                    + model.tasks().names() + "; give labels of at least one");
        }
        return sum;
    }

    /** Before the pass, which would take them into the running statistics. */
    private void requireFinite(String input, INDArray features) {
        int at = NonFinite.first(features);
        if (at >= 0) {
            String name = model.tasks().get(firstTask(input)).name();
            throw new TrainingDivergedException(
                    name,
                    "task \"" + name + "\": input \"" + input + "\" has a feature that is "
                            + features.dup('c').data().getDouble(at) + ", in example "
                            + at / (features.length() / features.size(0))
                            + " of an episode's batch; give numbers that are finite");
        }
    }

    private int firstTask(String input) {
        int number = network.architecture().indexOfInput(input);
        return IntStream.range(0, weights.length)
                .filter(k -> network.architecture().inputOf(k) == number)
                .findFirst()
                .orElse(0);
    }

    private void requireFinite(int task, double value) {
        if (!Double.isFinite(value)) {
            String name = model.tasks().get(task).name();
            throw new TrainingDivergedException(
                    name,
                    "task \"" + name + "\": loss is " + value + " after " + steps + " steps of adaptation with rate "
                            + adaptation.rate() + "; lower the rate, or look for bad values in the data");
        }
    }

    /**
     * Turns the gradient with respect to the parameters after a step into that with respect to the parameters before it, {@code
     * v ← (I - α H M) v}, where H is the matrix of second derivatives of the loss of that step and M selects what adapts. H M v
     * is a central difference of gradients at {@code θ ± r M v / |M v|}: one more gradient on either side, and no memory for
     * H. Its error is of the order of r² and of the rounding error over r; r is 0.01 in single precision, as in DARTS (Liu and
     * others, ICLR 2019, section 2.3), and 1e-5 in double.
     *
     * @param batch the examples of that step
     * @param step number of steps taken before it
     * @param v the gradient, changed
     * @throws TrainingDivergedException if a loss or feature is NaN or infinite; the model is as before then
     */
    public void throughStep(MultiTaskBatch batch, int step, INDArray v) {
        INDArray direction = masked(v.dup());
        double norm = direction.norm2Number().doubleValue();
        if (norm == 0) {
            return;
        }
        double displacement = network.type() == DataType.DOUBLE ? DOUBLE_DISPLACEMENT : FLOAT_DISPLACEMENT;
        INDArray here = parameters().dup();
        List<INDArray> buffers = network.store().copyBuffers();
        direction.muli(displacement / norm);
        double factor = adaptation.rate() * norm / (2 * displacement);
        try {
            parameters().assign(path.get(step)).addi(direction);
            v.subi(gradient(batch, step).mul(factor));
            parameters().assign(path.get(step)).subi(direction);
            v.addi(gradient(batch, step).mul(factor));
        } finally {
            parameters().assign(here);
            network.store().assignBuffers(buffers);
        }
    }
}
