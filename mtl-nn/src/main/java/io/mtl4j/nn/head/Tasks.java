package io.mtl4j.nn.head;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.BeamSearch;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.LstmDecoder;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.List;
import java.util.Optional;

/**
 * Heads for the usual kinds of tasks. Each comes with its usual loss and metric and a linear network; {@link TaskHead} has
 * methods to change that:
 *
 * <pre>{@code
 * TaskHead digit = Tasks.classification("digit", 10).input("mnist").hidden(64).dropout(0.2).labelSmoothing(0.1);
 * TaskHead income = Tasks.binary("income").classNames("low", "high").classWeights(3);
 * TaskHead load = Tasks.regression("load", 2).loss(Losses.huber(1)).standardize(new double[] {20, 9}, new double[] {6, 4});
 * SequenceHead reversed = Tasks.sequence("reversed", 26).lstmDecoder(64).beam(4).maxLength(20);
 * TaskHead slot = Tasks.tagging("slot", 3).classNames("O", "B-CITY", "I-CITY").crf();
 * TaskHead relevance = Tasks.ranking("relevance").loss(Losses.lambdaRank());
 * TaskHead mask = Tasks.segmentation("mask", 3).transposedConv(32, 4, 2).hidden(16);
 * }</pre>
 */
public final class Tasks {

    private Tasks() {}

    /**
     * {@return a head that chooses one of several classes, with cross-entropy; see {@link ClassFormat} for its labels}
     *
     * @param name the task's name, unique in its model
     * @param classes number of classes, at least 2
     */
    public static TaskHead classification(String name, int classes) {
        Require.atLeast("task \"" + name + "\": classes", classes, 2);
        return custom(name, classes, new ClassFormat(), Losses.crossEntropy());
    }

    /**
     * {@return a head that says yes or no, with binary cross-entropy; see {@link BinaryFormat} for its labels}
     *
     * @param name the task's name, unique in its model
     */
    public static TaskHead binary(String name) {
        return custom(name, 1, new BinaryFormat(), Losses.binaryCrossEntropy());
    }

    /**
     * {@return a head that chooses any of several labels, with binary cross-entropy; see {@link MultiLabelFormat} for its
     * labels}
     *
     * @param name the task's name, unique in its model
     * @param labels number of different labels, at least 1
     */
    public static TaskHead multiLabel(String name, int labels) {
        return custom(name, labels, new MultiLabelFormat(), Losses.binaryCrossEntropy());
    }

    /**
     * {@return a head that predicts real values, with the mean squared error; see {@link ValueFormat} for its labels}
     *
     * @param name the task's name, unique in its model
     * @param outputs number of values, at least 1
     */
    public static TaskHead regression(String name, int outputs) {
        return custom(name, outputs, ValueFormat.PLAIN, Losses.meanSquaredError());
    }

    /**
     * {@return a head that tags each step of a sequence, with cross-entropy; see {@link TagFormat} for its labels}. Its main
     * metric is the F1 of entities if the {@linkplain TaskHead#classNames names} mark entities, such as {@code B-CITY}, and
     * accuracy otherwise.
     *
     * @param name the task's name, unique in its model
     * @param tags number of different tags, at least 2
     */
    public static TaskHead tagging(String name, int tags) {
        Require.atLeast("task \"" + name + "\": tags", tags, 2);
        return custom(name, tags, new TagFormat(), Losses.crossEntropy());
    }

    /**
     * {@return a head that scores each item of a list so as to order them, with the loss of RankNet; see {@link RankFormat} for its
     * inputs and labels}
     *
     * @param name the task's name, unique in its model
     */
    public static TaskHead ranking(String name) {
        return custom(name, 1, new RankFormat(), Losses.rankNet());
    }

    /**
     * {@return a head that chooses one of several classes for each node of a graph, with cross-entropy, judged by accuracy};
     * see {@link TagFormat} for its labels, where nodes are the steps.
     *
     * @param name the task's name, unique in its model
     * @param classes number of different classes, at least 2
     */
    public static TaskHead nodeClassification(String name, int classes) {
        Require.atLeast("task \"" + name + "\": classes", classes, 2);
        return custom(name, classes, new TagFormat(), Losses.crossEntropy()).metric("accuracy");
    }

    /**
     * {@return a head that writes a sequence of tokens, of any length, with cross-entropy; see {@link SequenceHead} for its
     * labels}. It has an LSTM of 128 units, and takes the most probable token each time.
     *
     * @param name the task's name, unique in its model
     * @param vocabulary number of different tokens, at least 1; start and end are not among them
     */
    public static SequenceHead sequence(String name, int vocabulary) {
        return new SequenceHead(
                new Task(name, TaskKind.SEQUENCE, Losses.crossEntropy().name(), vocabulary),
                Optional.empty(),
                Optional.empty(),
                new LstmDecoder(128),
                new BeamSearch(1, 64, 0.6),
                0,
                Optional.empty(),
                Losses.crossEntropy());
    }

    /**
     * {@return a head that chooses a class for each pixel of a picture, with cross-entropy; see {@link SegmentationFormat} for its
     * labels}. {@link TaskHead#upsample} and {@link TaskHead#transposedConv} bring a representation of fewer pixels to their
     * size.
     *
     * @param name the task's name, unique in its model
     * @param classes number of classes, at least 2
     */
    public static TaskHead segmentation(String name, int classes) {
        Require.atLeast("task \"" + name + "\": classes", classes, 2);
        return custom(name, classes, new SegmentationFormat(List.of()), Losses.crossEntropy());
    }

    /**
     * {@return a head that predicts real values for each pixel of a picture, with the mean squared error; see {@link
     * PixelValueFormat} for its labels, and {@link #segmentation} for its size}
     *
     * @param name the task's name, unique in its model
     * @param outputs number of values for a pixel, at least 1
     */
    public static TaskHead pixelRegression(String name, int outputs) {
        return custom(name, outputs, new PixelValueFormat(List.of()), Losses.meanSquaredError());
    }

    /**
     * {@return a head that restores the input from the representation, with the mean squared error} It needs no labels.
     *
     * @param name the task's name, unique in its model
     * @param shape the shape of the input: a vector, a picture or a sequence of features
     */
    public static ReconstructionHead reconstruction(String name, Shape shape) {
        return new ReconstructionHead(
                name, Optional.empty(), shape, HeadLayers.LINEAR, Optional.empty(), Losses.meanSquaredError());
    }

    /**
     * {@return a head that learns a generator of examples such as its input's, against a critic made of the encoder and this
     * head, with the {@linkplain NonSaturatingLoss non-saturating loss}} It needs no labels.
     *
     * @param name the task's name, unique in its model
     * @param noise number of elements of the generator's input, at least 1
     * @param generator the network from a vector of noise to an example, of the input's shape and scale
     */
    public static GanHead gan(String name, int noise, LayerSpec generator) {
        TaskHead critic = custom(name, 1, new CriticFormat(true), Losses.nonSaturating());
        return new GanHead(critic, noise, generator, 0, 1, 1);
    }

    /**
     * {@return a head that learns a generator by the {@linkplain WassersteinLoss Wasserstein distance} with a gradient
     * penalty of 10, and 5 steps of the critic for each of the generator's (Gulrajani et al., NeurIPS 2017, algorithm 1)} It
     * needs no labels. The penalty looks at each example by itself: use it with an encoder without batch normalisation.
     *
     * @param name the task's name, unique in its model
     * @param noise number of elements of the generator's input, at least 1
     * @param generator the network from a vector of noise to an example, of the input's shape and scale
     */
    public static GanHead wassersteinGan(String name, int noise, LayerSpec generator) {
        TaskHead critic = custom(name, 1, new CriticFormat(false), Losses.wasserstein());
        return new GanHead(critic, noise, generator, 10, 5, 1);
    }

    /**
     * {@return a head with the usual network and a format and loss of the user's own}
     *
     * @param name the task's name, unique in its model
     * @param outputs number of logits, at least 1
     * @param format how labels are written and outputs read
     * @param loss the loss
     */
    public static TaskHead custom(String name, int outputs, AnswerFormat format, LossFunction loss) {
        return new TaskHead(
                new Task(name, format.kind(), loss.name(), outputs),
                Optional.empty(),
                Optional.empty(),
                format,
                HeadLayers.LINEAR,
                loss);
    }
}
