package io.mtl4j.nn.transfer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.AdversarialHead;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.layer.Arena;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.BatchPass;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the diagonal of the Fisher information of a model is estimated: {@code F_i = 1/N Σ_n (∂L_n / ∂θ_i)²} over N examples, with
 * L_n the sum of the tasks' losses on example n alone, without what layers pay for what they compute, which is {@code -log p(y_n | x_n)} where losses are plain
 * cross-entropies. Gradients are taken as in prediction: without dropout, and with the running statistics of batch
 * normalisations.
 *
 * <p>Labels y are those of the data (the empirical Fisher), or drawn from what the model itself says (the Fisher information
 * proper). A model that is right and sure about all of the data has an empirical one near 0; the other stays larger where the
 * model has doubts. J. Martens, "New Insights and Perspectives on the Natural Gradient Method", JMLR 2020, section 11, tells them
 * apart.
 *
 * <p>It takes a forward and a backward pass of one example N times. Data of several inputs count with a mean for each input.
 *
 * @param examples the most examples of each input, drawn without replacement, at least 1
 * @param drawn whether labels are drawn; only {@code BINARY}, {@code MULTI_CLASS} and {@code MULTI_LABEL} tasks can do that
 * @param seed from which examples and labels are drawn
 */
public record Fisher(int examples, boolean drawn, long seed) {

    /** Checks the number. */
    public Fisher {
        Require.atLeast("Fisher information: examples", examples, 1);
    }

    /**
     * {@return an estimate with the labels of the data}
     *
     * @param examples the most examples of each input, at least 1
     * @param seed from which examples are drawn
     */
    public static Fisher empirical(int examples, long seed) {
        return new Fisher(examples, false, seed);
    }

    /**
     * {@return an estimate with labels drawn from the model's own answers}
     *
     * @param examples the most examples of each input, at least 1
     * @param seed from which examples and labels are drawn
     */
    public static Fisher drawn(int examples, long seed) {
        return new Fisher(examples, true, seed);
    }

    /**
     * {@return the diagonal, in the order of the model's trained parameters: {@code [N]} as {@link
     * io.mtl4j.nn.model.ParameterStore#trained}} Adversarial tasks take no part.
     *
     * @param model the model, which is not changed
     * @param data examples with labels of its tasks
     * @throws IllegalArgumentException if the data do not fit the model or have no labels, or labels cannot be drawn
     */
    public INDArray diagonal(MultiTaskModel model, MultiTaskData data) {
        INDArray diagonal = Nd4j.zeros(
                model.network().type(), model.network().store().layout().trainedLength());
        try (ModelHold hold = model.hold()) {
            addMeans(model, data, diagonal);
        }
        return diagonal;
    }

    private void addMeans(MultiTaskModel model, MultiTaskData data, INDArray diagonal) {
        Gradients gradients = model.network().newGradients();
        for (int s = 0; s < data.sources().size(); s++) {
            DataSource source = data.sources().get(s);
            Seed own = new Seed(seed).child(s);
            INDArray sum = diagonal.like();
            int count = 0;
            for (int index : chosen(source.size(), own)) {
                RandomGenerator random = own.child(index + 1L).generator();
                SourceBatch example = source.batch(new int[] {index}, random);
                count += add(model, source.input(), example, random, gradients, sum) ? 1 : 0;
            }
            if (count == 0) {
                throw new IllegalArgumentException("Fisher information: no example of input \"" + source.input()
                        + "\" has a label of the tasks " + model.tasks().names() + "; give examples with labels");
            }
            diagonal.addi(sum.divi(count));
        }
    }

    private int[] chosen(int size, Seed own) {
        int[] all = IntStream.range(0, size).toArray();
        RandomGenerator random = own.child(0).generator();
        int count = Math.min(examples, size);
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i, size);
            int index = all[other];
            all[other] = all[i];
            all[i] = index;
        }
        return Arrays.copyOf(all, count);
    }

    private boolean add(
            MultiTaskModel model,
            String input,
            SourceBatch example,
            RandomGenerator random,
            Gradients gradients,
            INDArray sum) {
        SourceBatch labeled = drawn ? draw(model, input, example, random) : example;
        double[] weights = new double[model.tasks().size()];
        Arrays.fill(weights, 1);
        try (MemoryWorkspace arena = Arena.open("FISHER")) {
            BatchPass pass = model.network().forward(new MultiTaskBatch(Map.of(input, labeled), skipped(model)), null);
            if (IntStream.range(0, weights.length).noneMatch(pass::present)) {
                return false;
            }
            pass.weightedGradient(weights, gradients);
            INDArray withPenalty = gradients.flat().dup();
            gradients.flat().assign(0);
            pass.addPenaltyGradient(gradients);
            INDArray slope = withPenalty.subi(gradients.flat());
            sum.addi(slope.mul(slope));
            return true;
        }
    }

    private static Set<String> skipped(MultiTaskModel model) {
        return model.heads().stream()
                .filter(AdversarialHead.class::isInstance)
                .map(head -> head.task().name())
                .collect(Collectors.toSet());
    }

    /** The example with labels drawn from the model's answers, where it has labels; missing ones stay so. */
    private static SourceBatch draw(MultiTaskModel model, String input, SourceBatch example, RandomGenerator random) {
        Map<String, INDArray> answers = model.outputs(input, example);
        Map<String, INDArray> labels = new HashMap<>(example.labels());
        for (Head head : model.heads()) {
            String task = head.task().name();
            if (labels.containsKey(task) && !(head instanceof AdversarialHead)) {
                INDArray drawn = draw(head, answers.get(task), random);
                labels.put(task, withGaps(drawn, labels.get(task)));
            }
        }
        return example.withLabels(labels, example.labelMasks());
    }

    private static INDArray withGaps(INDArray drawn, INDArray labels) {
        double[] known = labels.dup('c').data().asDouble();
        if (Arrays.stream(known).noneMatch(Double::isNaN)) {
            return drawn;
        }
        double[] numbers = drawn.dup('c').data().asDouble();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Double.isNaN(known[Math.min(i, known.length - 1)]) ? Double.NaN : numbers[i];
        }
        return Nd4j.createFromArray(numbers).castTo(drawn.dataType()).reshape('c', drawn.shape());
    }

    private static INDArray draw(Head head, INDArray answer, RandomGenerator random) {
        double[] p = answer.dup('c').data().asDouble();
        TaskKind kind = head.task().kind();
        if (kind == TaskKind.MULTI_CLASS) {
            double left = random.nextDouble() * Arrays.stream(p).sum();
            int c = 0;
            while (c < p.length - 1 && left >= p[c]) {
                left -= p[c++];
            }
            return Nd4j.createFromArray((double) c).castTo(answer.dataType());
        }
        if (kind != TaskKind.BINARY && kind != TaskKind.MULTI_LABEL) {
            throw new IllegalArgumentException(
                    "Fisher information: labels of task \"" + head.task().name() + "\" of kind " + kind
                            + " cannot be drawn; take those of the data: Fisher.empirical(...)");
        }
        double[] yes =
                Arrays.stream(p).map(each -> random.nextDouble() < each ? 1 : 0).toArray();
        return Nd4j.createFromArray(yes).castTo(answer.dataType()).reshape('c', answer.shape());
    }
}
