package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.GraphAttention;
import io.mtl4j.nn.layer.GraphConvolution;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.NodeLayer;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.TransposedConv2d;
import io.mtl4j.nn.layer.Upsample2d;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The usual head, made by {@link Tasks}: fully connected layers, a loss, and a {@linkplain AnswerFormat format} of labels
 * and answers. Immutable; each method with an argument gives a changed copy.
 *
 * @param task the task
 * @param input the name of the model input that this task reads; empty if the model has but one
 * @param metric the name of the main metric; empty for the usual one
 * @param format how labels are written and outputs read
 * @param layers the network
 * @param criterion the loss on labels as the network learns them
 */
public record TaskHead(
        Task task,
        Optional<String> input,
        Optional<String> metric,
        AnswerFormat format,
        HeadLayers layers,
        LossFunction criterion)
        implements Head {

    /** Checks that task, format and loss fit together. */
    public TaskHead {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(layers, "layers");
        Objects.requireNonNull(metric, "metric");
        if (task.kind() != format.kind()) {
            throw new IllegalArgumentException("task \"" + task.name() + "\" of kind " + task.kind()
                    + " with a format of kind " + format.kind() + "; they must be the same");
        }
        format.checkFits(task);
        criterion.checkFits(task);
        checkLoss(task, format, criterion);
        task = MainMetric.choose(task.withLoss(criterion.name()), metric);
    }

    /**
     * {@return a copy that reads one input of a model that has several}
     *
     * @param name the input's name
     */
    public TaskHead input(String name) {
        return new TaskHead(task, Optional.of(name), metric, format, layers, criterion);
    }

    /**
     * {@return a copy whose outputs have names}
     *
     * @param names one for each output; for a yes/no task the names of no and of yes
     */
    public TaskHead classNames(String... names) {
        Task named = task.withClassNames(List.of(names));
        return new TaskHead(named, input, metric, format, layers, criterion);
    }

    /**
     * {@return a copy with hidden layers before the logits: fully connected ones, or 3x3 convolutions for a task that answers for
     * each pixel}
     *
     * @param units number of units (filters) of each layer, first to last; none for a linear head
     */
    public TaskHead hidden(int... units) {
        return withLayers(layers.withHidden(Arrays.stream(units).boxed().toList()));
    }

    /**
     * {@return a copy that reads the edges of a graph: with further graph convolutions on its nodes, before they become one
     * vector and before hidden layers}
     *
     * @param units number of features of a node after each convolution, first to last
     */
    public TaskHead graphConvolution(int... units) {
        return withLayers(layers.withNodes(Arrays.stream(units)
                .<NodeLayer>mapToObj(n -> new GraphConvolution(n, Activation.RELU, Initializer.HE_UNIFORM))
                .toList()));
    }

    /**
     * {@return a copy that reads the edges of a graph: with further graph attention on its nodes, before they become one
     * vector and before hidden layers}
     *
     * @param units number of features of a node after it, of all heads together
     * @param heads number of heads; it must divide the number of units
     */
    public TaskHead graphAttention(int units, int heads) {
        return withLayers(layers.withNodes(
                List.of(new GraphAttention(units, heads, Activation.RELU, 0, Initializer.HE_UNIFORM))));
    }

    /**
     * {@return a copy with another function after its hidden layers; it is {@link Activation#RELU} otherwise}
     *
     * @param activation the function
     */
    public TaskHead activation(Activation activation) {
        return withLayers(layers.withActivation(activation));
    }

    /**
     * {@return a copy with dropout before each of its layers}
     *
     * @param rate probability of dropping an element, at least 0 and below 1
     */
    public TaskHead dropout(double rate) {
        return withLayers(layers.withDropout(rate));
    }

    /**
     * {@return a copy that makes one vector of a sequence in another way; it is the mean of the steps otherwise. Without
     * effect where the representation is no sequence, and for tasks that answer at each step}
     *
     * @param kind how
     */
    public TaskHead pool(SequencePool.Kind kind) {
        return withLayers(layers.withPool(kind));
    }

    /**
     * {@return a copy that makes the representation so many times as high and wide, by repeating its pixels, after what it has
     * for this so far and before its hidden layers}
     *
     * @param factor how many times, at least 1
     * @throws IllegalArgumentException if the task does not answer for each pixel
     */
    public TaskHead upsample(int factor) {
        return decoding("upsample", new Upsample2d(factor));
    }

    /**
     * {@return a copy that makes the representation {@code stride} times as high and wide, by a {@linkplain TransposedConv2d
     * transposed convolution} with the {@linkplain #activation activation} chosen so far, after what it has for this so far and
     * before its hidden layers}
     *
     * @param filters number of output channels, at least 1
     * @param kernel rows and columns of a kernel, at least 1; twice the stride is usual
     * @param stride how many times, at least 1
     * @throws IllegalArgumentException if the task does not answer for each pixel
     */
    public TaskHead transposedConv(int filters, int kernel, int stride) {
        return decoding(
                "transposedConv",
                new TransposedConv2d(
                        filters, kernel, stride, Padding.SAME, layers.activation(), Initializer.HE_NORMAL));
    }

    private TaskHead decoding(String setting, LayerSpec layer) {
        if (format instanceof PixelFormat pixels) {
            return new TaskHead(task, input, metric, pixels.then(layer), layers, criterion);
        }
        throw new IllegalArgumentException("task \"" + task.name() + "\" of kind " + task.kind() + ": " + setting
                + " is for tasks that answer for each pixel, Tasks.segmentation and Tasks.pixelRegression");
    }

    /**
     * {@return a copy whose weights (not biases) add {@code l2/2 Σ w²} to the training loss, whatever holds for the rest of
     * the model}
     *
     * @param coefficient l2, at least 0
     */
    public TaskHead l2(double coefficient) {
        return withLayers(layers.withL2(coefficient));
    }

    /**
     * {@return a copy with another loss}
     *
     * @param loss the loss
     * @throws IllegalArgumentException if it is not for this kind of task
     */
    public TaskHead loss(LossFunction loss) {
        return new TaskHead(task, input, metric, format, layers, loss);
    }

    /**
     * {@return a copy whose cross-entropy smooths the labels}
     *
     * @param smoothing how much of each label is spread over all classes, at least 0 and below 1
     * @throws IllegalArgumentException if the loss is not {@link CrossEntropy}
     */
    public TaskHead labelSmoothing(double smoothing) {
        if (criterion instanceof CrossEntropy loss) {
            return loss(new CrossEntropy(smoothing, loss.classWeights()));
        }
        throw notOf("label smoothing", "cross-entropy");
    }

    /**
     * {@return a copy whose loss weighs classes}
     *
     * @param weights for classes and tags one for each class; for yes/no and several labels how much more a yes weighs than
     *     a no, one for each output or one for all; each at least 0
     * @throws IllegalArgumentException if the loss is not {@link CrossEntropy}, {@link FocalLoss} or {@link
     *     BinaryCrossEntropy}, or if there are too few or too many weights
     */
    public TaskHead classWeights(double... weights) {
        List<Double> list = Arrays.stream(weights).boxed().toList();
        if (criterion instanceof CrossEntropy loss) {
            return loss(new CrossEntropy(loss.labelSmoothing(), list));
        } else if (criterion instanceof FocalLoss loss) {
            return loss(new FocalLoss(loss.gamma(), list));
        } else if (criterion instanceof BinaryCrossEntropy) {
            return loss(new BinaryCrossEntropy(list));
        }
        throw notOf("class weights", "cross-entropy, focal and binary-cross-entropy");
    }

    /**
     * {@return a copy that is judged by another metric}
     *
     * @param name one of the metrics of this kind of task, or {@code loss}
     * @throws IllegalArgumentException if that is not measured; the message lists those that are
     */
    public TaskHead metric(String name) {
        return new TaskHead(task, input, Optional.of(name), format, layers, criterion);
    }

    /**
     * {@return a copy whose network learns {@code (label - mean) / deviation}; labels, predictions and metrics stay in the
     * user's units}
     *
     * @param mean one for each output
     * @param deviation one for each output, above 0
     * @throws IllegalArgumentException if the task is not a regression, or if values are too few or too many
     */
    public TaskHead standardize(double[] mean, double[] deviation) {
        if (!(format instanceof ValueFormat)) {
            throw new IllegalArgumentException("task \"" + task.name() + "\" of kind " + task.kind()
                    + ": only labels of regression can be standardised");
        }
        ValueFormat standardized = new ValueFormat(
                Arrays.stream(mean).boxed().toList(),
                Arrays.stream(deviation).boxed().toList());
        return new TaskHead(task, input, metric, standardized, layers, criterion);
    }

    /**
     * {@return a copy whose tags are chosen together, by a linear-chain conditional random field on the scores of its network;
     * see {@link CrfFormat} and {@link CrfLoss}} Worth it where one tag says much about the next, as in entities.
     *
     * @throws IllegalArgumentException if the task is no tagging
     */
    public TaskHead crf() {
        if (task.kind() != TaskKind.TAGGING) {
            throw new IllegalArgumentException("task \"" + task.name() + "\" of kind " + task.kind()
                    + ": a CRF chooses the tags of a sequence together; use it with Tasks.tagging");
        }
        return new TaskHead(task, input, metric, new CrfFormat(), layers, Losses.crf());
    }

    @Override
    public LossFunction loss() {
        return format.adapt(criterion);
    }

    @Override
    public LayerSpec network(Shape representation) {
        return format.network(task, layers, representation);
    }

    @Override
    public void checkLabels(INDArray labels, INDArray mask, long batch) {
        format.checkLabels(task, labels, mask, batch);
    }

    @Override
    public INDArray effectiveMask(INDArray labels, INDArray mask, INDArray steps) {
        return format.effectiveMask(labels, mask, steps);
    }

    @Override
    public INDArray activate(INDArray logits) {
        return format.activate(logits);
    }

    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        format.score(metrics, outputs, labels, mask);
    }

    @Override
    public List<TaskPrediction> decode(INDArray outputs, INDArray steps) {
        return format.decode(task, outputs, steps);
    }

    private static void checkLoss(Task task, AnswerFormat format, LossFunction criterion) {
        try {
            format.adapt(criterion);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("task \"" + task.name() + "\": " + e.getMessage(), e);
        }
    }

    private IllegalArgumentException notOf(String setting, String losses) {
        return new IllegalArgumentException("task \"" + task.name() + "\": " + setting + " belongs to the losses "
                + losses + ", but the loss is " + criterion.name() + "; choose the loss first");
    }

    private TaskHead withLayers(HeadLayers changed) {
        return new TaskHead(task, input, metric, format, changed, criterion);
    }
}
