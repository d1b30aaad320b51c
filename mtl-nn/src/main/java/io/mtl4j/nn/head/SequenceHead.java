package io.mtl4j.nn.head;

import io.mtl4j.metric.TaskMetrics;
import io.mtl4j.nn.layer.BeamSearch;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Decoder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.LstmDecoder;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.TokenDecoder;
import io.mtl4j.nn.layer.TransformerDecoder;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A head that writes a sequence of tokens, of any length, about what the encoder read (Sutskever, Vinyals and Le, NeurIPS 2014):
 * {@link Tasks#sequence} makes it. With an encoder that keeps the steps, its {@linkplain TokenDecoder decoder} attends to them,
 * but not to padding; with one that gives a vector, it starts from that. Immutable; each method with an argument gives a changed
 * copy.
 *
 * <p>Labels are token numbers {@code [batch, length]}, from 0, with NaN after an example's last token ({@link
 * io.mtl4j.nn.data.Labels#sequences}); an example without tokens has no label. A mask is {@code [batch]}. The head adds start and
 * end by itself. In training every token is told from the true ones before it; the loss is the mean over all tokens and ends. That
 * is also the loss of an evaluation, whose metrics are of the answers that the head finds by itself, as in predictions.
 *
 * <p>Outputs are {@code [batch, places, V + 2]}: for each place of the answer the probabilities of the V tokens and of the end,
 * and the number of the token that was chosen; V from the end on. The answer is these tokens without the end, with the
 * probabilities {@code [V + 1]} at each.
 *
 * @param task the task, whose outputs are the V tokens
 * @param input the name of the model input that this task reads; empty if the model has but one
 * @param metric the name of the main metric; empty for exact match
 * @param decoder what writes
 * @param search how an answer is found
 * @param dropout rate of dropout of the decoder
 * @param l2 coefficient of half the sum of squared weights; empty for that of the model
 * @param criterion the loss of a choice among V + 1
 */
public record SequenceHead(
        Task task,
        Optional<String> input,
        Optional<String> metric,
        Decoder decoder,
        BeamSearch search,
        double dropout,
        Optional<Double> l2,
        LossFunction criterion)
        implements Head {

    /** Checks that task and loss fit together. */
    public SequenceHead {
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(l2, "l2");
        new TokenDecoder(task.outputs(), decoder, search, dropout); // checks these
        if (task.kind() != TaskKind.SEQUENCE) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\" of kind " + task.kind() + "; a sequence head is for kind SEQUENCE");
        }
        criterion.checkFits(task);
        if (criterion instanceof CrossEntropy loss && !loss.classWeights().isEmpty()) {
            throw new IllegalArgumentException("task \"" + task.name()
                    + "\": class weights are not for sequences, whose end is a class of its own;" + " leave them out");
        }
        task = MainMetric.choose(task.withLoss(criterion.name()), metric);
    }

    /**
     * {@return a copy that reads one input of a model that has several}
     *
     * @param name the input's name
     */
    public SequenceHead input(String name) {
        return new SequenceHead(task, Optional.of(name), metric, decoder, search, dropout, l2, criterion);
    }

    /**
     * {@return a copy whose tokens have names}
     *
     * @param names one for each token
     */
    public SequenceHead tokenNames(String... names) {
        Task named = task.withClassNames(List.of(names));
        return new SequenceHead(named, input, metric, decoder, search, dropout, l2, criterion);
    }

    /**
     * {@return a copy that writes with a long short-term memory; see {@link LstmDecoder}. This is the usual one, with 128 units}
     *
     * @param units number of units
     */
    public SequenceHead lstmDecoder(int units) {
        return decoder(new LstmDecoder(units));
    }

    /**
     * {@return a copy that writes with a transformer's decoder; see {@link TransformerDecoder}}
     *
     * @param layers number of layers
     * @param heads number of attention heads; it must divide the number of features that the encoder gives
     * @param feedForward width between the two dense layers of each
     */
    public SequenceHead transformerDecoder(int layers, int heads, int feedForward) {
        return decoder(new TransformerDecoder(layers, heads, feedForward));
    }

    /**
     * {@return a copy that writes with another decoder}
     *
     * @param other the decoder
     */
    public SequenceHead decoder(Decoder other) {
        return new SequenceHead(task, input, metric, other, search, dropout, l2, criterion);
    }

    /**
     * {@return a copy that looks for its answer with several beginnings at once; it is 1, greedy search, otherwise}
     *
     * @param width number of beginnings, at least 1; see {@link BeamSearch}
     */
    public SequenceHead beam(int width) {
        return search(new BeamSearch(width, search.maxLength(), search.lengthPenalty()));
    }

    /**
     * {@return a copy whose answers have at most so many tokens, the end among them; it is 64 otherwise}
     *
     * @param tokens the greatest number, at least 1
     */
    public SequenceHead maxLength(int tokens) {
        return search(new BeamSearch(search.width(), tokens, search.lengthPenalty()));
    }

    /**
     * {@return a copy that compares answers of different lengths in another way; the exponent is 0.6 otherwise}
     *
     * @param exponent at least 0; see {@link BeamSearch}
     */
    public SequenceHead lengthPenalty(double exponent) {
        return search(new BeamSearch(search.width(), search.maxLength(), exponent));
    }

    private SequenceHead search(BeamSearch other) {
        return new SequenceHead(task, input, metric, decoder, other, dropout, l2, criterion);
    }

    /**
     * {@return a copy with dropout in its decoder}
     *
     * @param rate probability of dropping an element, at least 0 and below 1
     */
    public SequenceHead dropout(double rate) {
        return new SequenceHead(task, input, metric, decoder, search, rate, l2, criterion);
    }

    /**
     * {@return a copy whose weights (not biases) add {@code l2/2 Σ w²} to the training loss, whatever holds for the rest of
     * the model}
     *
     * @param coefficient l2, at least 0
     */
    public SequenceHead l2(double coefficient) {
        return new SequenceHead(task, input, metric, decoder, search, dropout, Optional.of(coefficient), criterion);
    }

    /**
     * {@return a copy whose cross-entropy smooths the labels}
     *
     * @param smoothing how much of each label is spread over all tokens and the end, at least 0 and below 1
     */
    public SequenceHead labelSmoothing(double smoothing) {
        return loss(new CrossEntropy(smoothing, List.of()));
    }

    /**
     * {@return a copy with another loss of each choice among tokens and end}
     *
     * @param loss the loss
     * @throws IllegalArgumentException if it is not for this kind of task
     */
    public SequenceHead loss(LossFunction loss) {
        return new SequenceHead(task, input, metric, decoder, search, dropout, l2, loss);
    }

    /**
     * {@return a copy that is judged by another metric}
     *
     * @param name {@code exact-match}, {@code token-accuracy}, {@code edit-distance}, or {@code loss}
     * @throws IllegalArgumentException if that is not measured; the message lists those that are
     */
    public SequenceHead metric(String name) {
        return new SequenceHead(task, input, Optional.of(name), decoder, search, dropout, l2, criterion);
    }

    @Override
    public LossFunction loss() {
        return new SequenceLoss(criterion);
    }

    @Override
    public boolean readsTargets() {
        return true;
    }

    @Override
    public LayerSpec network(Shape representation) {
        if (!(representation instanceof Shape.Sequence || representation instanceof Shape.Vector)) {
            throw new IllegalArgumentException(
                    "task \"" + task.name() + "\" writes about a sequence or a vector, but its" + " representation is "
                            + representation + "; use another encoder");
        }
        LayerSpec spec = new TokenDecoder(task.outputs(), decoder, search, dropout);
        return l2.isPresent() ? new Regularized(Chain.of(spec), 0, l2.get()) : spec;
    }

    @Override
    public void checkLabels(INDArray labels, INDArray mask, long batch) {
        if (labels.rank() != 2 || labels.size(0) != batch) {
            throw wrong("labels of shape " + Arrays.toString(labels.shape()) + " for " + batch
                    + " examples; give token numbers [" + batch + ", length]");
        }
        LabelCheck.mask(task, mask, labels.shape());
        LabelMask there = LabelMask.of(mask, labels.shape());
        double[] tokens = HeapArray.read(labels);
        int length = (int) labels.size(1);
        for (int i = 0; i < tokens.length; i++) {
            if (there.at(i)) {
                String place = " at example " + i / length + ", place " + i % length;
                boolean ended = i % length > 0 && (!there.at(i - 1) || Double.isNaN(tokens[i - 1]));
                if (ended && !Double.isNaN(tokens[i])) {
                    throw wrong("token" + place
                            + " after the end of its sequence; a missing token can only stand at the end");
                }
                if (!Double.isNaN(tokens[i])
                        && !(tokens[i] >= 0 && tokens[i] < task.outputs() && tokens[i] == Math.rint(tokens[i]))) {
                    throw wrong("token " + tokens[i] + place + "; tokens are 0 to " + (task.outputs() - 1));
                }
            }
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("task \"" + task.name() + "\": " + what);
    }

    @Override
    public INDArray activate(INDArray logits) {
        return SequenceAnswers.activate(logits, task.outputs());
    }

    @Override
    public void score(TaskMetrics metrics, INDArray outputs, INDArray labels, INDArray mask) {
        SequenceAnswers.score(metrics, outputs, labels, mask);
    }

    @Override
    public List<TaskPrediction> decode(INDArray outputs, INDArray steps) {
        List<TaskPrediction> answers = new ArrayList<>();
        for (List<double[]> rows : SequenceAnswers.of(outputs)) {
            answers.add(new TaskPrediction(
                    task,
                    rows.stream().map(row -> (int) row[row.length - 1]).toList(),
                    rows.stream().map(row -> Arrays.copyOf(row, row.length - 1)).toList()));
        }
        return answers;
    }
}
