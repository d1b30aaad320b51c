package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.metric.RegressionMetrics;
import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Flatten;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A head that restores the model's input from the representation: with the encoder it is an auto-encoder (Hinton and
 * Salakhutdinov, Science 2006), an auxiliary task that needs no labels. It learns the input as it is before any stem, so a
 * stem of {@link io.mtl4j.nn.layer.Dropout} makes it a denoising auto-encoder (Vincent et al., ICML 2008).
 *
 * <p>Vectors and pictures are restored as a whole, {@code [batch, elements]} with pictures flattened in C order; sequences of
 * features step by step, {@code [batch, time, features]}, from encoders that keep the steps. The metrics, with {@code rmse} as
 * the main one, are those of all elements together. Immutable; each method with an argument gives a changed copy.
 *
 * @param name the task's name
 * @param input the name of the model input that this task reads and restores; empty if the model has but one
 * @param shape the shape of that input: a vector, a picture or a sequence of features
 * @param layers the decoder where no other is given: fully connected layers
 * @param decoder a decoder from the representation to the input's shape, or to a vector of as many elements
 * @param loss the mean squared error, another loss for real values, or binary cross-entropy for elements from 0 to 1, in
 *     which case outputs are σ(logit)
 */
public record ReconstructionHead(
        String name,
        Optional<String> input,
        Shape shape,
        HeadLayers layers,
        Optional<LayerSpec> decoder,
        LossFunction loss)
        implements Head {

    /** Checks the values. */
    public ReconstructionHead {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(layers, "layers");
        Objects.requireNonNull(decoder, "decoder");
        Objects.requireNonNull(loss, "loss");
        if (shape instanceof Shape.Tokens) {
            throw new IllegalArgumentException(
                    "task \"" + name + "\": tokens are no numbers to restore; reconstruction is for vectors, pictures"
                            + " and sequences of features");
        }
        if (!(loss instanceof BinaryCrossEntropy)) {
            loss.checkFits(new Task(name, TaskKind.REGRESSION, loss.name(), 1));
        }
    }

    /**
     * {@return a copy that reads and restores one input of a model that has several}
     *
     * @param other the input's name
     */
    public ReconstructionHead input(String other) {
        return new ReconstructionHead(name, Optional.of(other), shape, layers, decoder, loss);
    }

    /**
     * {@return a copy with fully connected hidden layers, ReLU behind each}
     *
     * @param units number of units of each layer, first to last; none for a linear decoder
     */
    public ReconstructionHead hidden(int... units) {
        HeadLayers changed = layers.withHidden(Arrays.stream(units).boxed().toList());
        return new ReconstructionHead(name, input, shape, changed, decoder, loss);
    }

    /**
     * {@return a copy with another decoder, such as one of convolutions that make a small picture larger}
     *
     * @param network from the representation to the input's shape, or to a vector of as many elements; without an activation
     *     at its end that bounds the values, unless they are so bounded
     */
    public ReconstructionHead decoder(LayerSpec network) {
        return new ReconstructionHead(name, input, shape, layers, Optional.of(network), loss);
    }

    /**
     * {@return a copy with another loss}
     *
     * @param other a loss for real values, or {@link Losses#binaryCrossEntropy()} for elements from 0 to 1
     * @throws IllegalArgumentException if it is for another kind of task
     */
    public ReconstructionHead loss(LossFunction other) {
        return new ReconstructionHead(name, input, shape, layers, decoder, other);
    }

    @Override
    public Task task() {
        return new Task(name, TaskKind.REGRESSION, loss.name(), elements());
    }

    private int elements() {
        return shape instanceof Shape.Image
                ? Require.product("task \"" + name + '"', shape.dimensions())
                : Math.toIntExact(shape.dimensions()[shape.dimensions().length - 1]);
    }

    private boolean everyStep() {
        return shape instanceof Shape.Sequence;
    }

    private Shape flat() {
        return everyStep() ? shape : Shape.vector(elements());
    }

    @Override
    public LayerSpec network(Shape representation) {
        if (decoder.isEmpty()) {
            return layers.network(task(), everyStep(), representation);
        }
        LayerSpec network = everyStep() ? decoder.get() : Chain.of(decoder.get(), new Flatten());
        Shape made = network.bind(representation, Binder.create()).outputShape();
        if (!made.equals(flat())) {
            throw new IllegalArgumentException("task \"" + name + "\": its decoder makes " + made + " of "
                    + representation + ", and the input is " + shape + "; let the decoder end in as many elements");
        }
        return network;
    }

    @Override
    public boolean needsLabels() {
        return false;
    }

    /** {@return the input; what labels there are is not looked at} */
    @Override
    public INDArray targets(INDArray labels, INDArray features) {
        return everyStep() ? features : features.reshape('c', features.size(0), features.length() / features.size(0));
    }

    @Override
    public void checkLabels(INDArray labels, INDArray mask, long batch) {
        String prefix = "task \"" + name + "\": ";
        flat().check(labels, prefix + "input to restore");
        if (labels.size(0) != batch) {
            throw new IllegalArgumentException(
                    prefix + labels.size(0) + " inputs to restore for " + batch + " examples");
        }
        LabelCheck.mask(task(), mask, labels.shape());
        LabelMask there = LabelMask.of(mask, labels.shape());
        double[] values = HeapArray.read(labels);
        for (int i = 0; i < values.length; i++) {
            boolean outside = bounded() ? values[i] < 0 || values[i] > 1 : Double.isInfinite(values[i]);
            if (outside && there.at(i)) {
                throw new IllegalArgumentException(prefix + "input element " + values[i] + " to restore; it must be "
                        + (bounded() ? "from 0 to 1 for binary cross-entropy, or choose another loss" : "finite"));
            }
        }
    }

    private boolean bounded() {
        return loss instanceof BinaryCrossEntropy;
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return LabelMask.complete(labels, mask, everyStep() ? steps : null, labels.shape());
    }

    @Override
    public INDArray activate(INDArray logits) {
        return bounded() ? Logistic.sigmoid(logits) : logits.dup();
    }

    /** {@return measures of all elements together, as if they were of one output} */
    @Override
    public TaskMetrics newMetrics() {
        return new RegressionMetrics(new Task(name, TaskKind.REGRESSION, loss.name(), 1), false);
    }

    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        double[] values = HeapArray.read(outputs);
        double[] truth = HeapArray.read(labels);
        LabelMask there = LabelMask.of(mask, labels.shape());
        for (int i = 0; i < values.length; i++) {
            if (there.at(i)) {
                metrics.add(new double[][] {{values[i]}}, new double[][] {{truth[i]}});
            }
        }
    }

    /** {@return the restored inputs: one row an example, or one for each real step of a sequence} */
    @Override
    public List<TaskPrediction> decode(INDArray outputs, INDArray steps) {
        return OutputRows.byExample(outputs, everyStep() ? steps : null).stream()
                .map(rows -> new TaskPrediction(task(), List.of(), rows))
                .toList();
    }
}
