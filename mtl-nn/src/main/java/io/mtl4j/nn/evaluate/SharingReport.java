package io.mtl4j.nn.evaluate;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.sharing.SharingChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a model's way of sharing takes from its sources, on average over a data set: how much of each expert a task's gate
 * takes, which positions it attends to. {@code io.mtl4j.nn.train.SharingChart} draws it.
 *
 * <pre>{@code
 * System.out.println(SharingReport.of(model, test).table());
 *
 *          expert 0  expert 1
 * click       0.712     0.288
 * buy         0.306     0.694
 * }</pre>
 *
 * @param choices by reader: the mean weights {@code [1, sources]}; a source that some examples don't have, such as a late
 *     step, counts as 0 for these
 */
public record SharingReport(List<SharingChoice> choices) {

    private static final int BATCH = 256;

    /** Copies the list. */
    public SharingReport {
        choices = List.copyOf(choices);
    }

    /**
     * {@return the report on a model}
     *
     * @param model the model
     * @param data the examples to go over; labels are not looked at
     * @throws IllegalArgumentException if the data do not fit the model
     * @throws IllegalStateException if the model's way of sharing has nothing to choose
     */
    public static SharingReport of(MultiTaskModel model, MultiTaskData data) {
        return find(model, data)
                .orElseThrow(() -> new IllegalStateException(
                        "sharing report: " + model.architecture().sharing()
                                + " chose nothing for these data; take a way of sharing with gates, such as"
                                + " Sharings.mmoe(4)"));
    }

    /**
     * {@return the report on a model; empty if its way of sharing has nothing to choose}
     *
     * @param model the model
     * @param data the examples to go over; labels are not looked at
     * @throws IllegalArgumentException if the data do not fit the model
     */
    public static Optional<SharingReport> find(MultiTaskModel model, MultiTaskData data) {
        Map<String, Mean> means = new LinkedHashMap<>();
        try (ModelHold hold = model.hold()) {
            data.sources().forEach(source -> addChoices(model, source, means));
        }
        if (means.isEmpty()) {
            return Optional.empty();
        }
        List<SharingChoice> choices = new ArrayList<>();
        means.forEach((reader, mean) -> choices.add(mean.choice(reader)));
        return Optional.of(new SharingReport(choices));
    }

    private static void addChoices(MultiTaskModel model, DataSource source, Map<String, Mean> means) {
        int input = model.architecture().indexOfInput(source.input());
        for (SourceBatch batch : source.inOrder(BATCH)) {
            for (SharingChoice choice : model.network().choices(input, batch)) {
                means.computeIfAbsent(choice.reader(), r -> new Mean()).add(choice, batch.size());
            }
        }
    }

    /** {@return all sources, in the order in which readers name them} */
    public List<String> sources() {
        Set<String> sources = new LinkedHashSet<>();
        choices.forEach(choice -> sources.addAll(choice.sources()));
        return List.copyOf(sources);
    }

    /**
     * {@return how much a reader takes of a source; NaN if it is not among its sources}
     *
     * @param reader the reader
     * @param source the source
     * @throws IllegalArgumentException if there is no such reader
     */
    public double weight(String reader, String source) {
        SharingChoice choice = choices.stream()
                .filter(c -> c.reader().equals(reader))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("sharing report: no reader \"" + reader
                        + "\"; there are "
                        + choices.stream().map(SharingChoice::reader).toList()));
        int at = choice.sources().indexOf(source);
        return at < 0 ? Double.NaN : choice.weights().getDouble(0, at);
    }

    /** {@return a table for people: a line for each reader, a column for each source; - where it is not the reader's} */
    public String table() {
        List<String> sources = sources();
        int first = choices.stream().mapToInt(c -> c.reader().length()).max().orElse(0);
        StringBuilder text = new StringBuilder(" ".repeat(first));
        sources.forEach(source -> text.append("  ").append(String.format("%" + width(source) + "s", source)));
        for (SharingChoice choice : choices) {
            text.append('\n').append(String.format("%-" + first + "s", choice.reader()));
            for (String source : sources) {
                double weight = weight(choice.reader(), source);
                String cell = Double.isNaN(weight) ? "-" : String.format(Locale.ROOT, "%.3f", weight);
                text.append("  ").append(String.format("%" + width(source) + "s", cell));
            }
        }
        return text.append('\n').toString();
    }

    private static int width(String source) {
        return Math.max(6, source.length());
    }

    /** The weights of one reader, added up. */
    private static final class Mean {
        private final Map<String, Double> sums = new LinkedHashMap<>();
        private long examples;

        void add(SharingChoice choice, long count) {
            double[] means = choice.weights().mean(0).toDoubleVector();
            for (int i = 0; i < means.length; i++) {
                sums.merge(choice.sources().get(i), means[i] * count, Double::sum);
            }
            examples += count;
        }

        SharingChoice choice(String reader) {
            double[] means =
                    sums.values().stream().mapToDouble(sum -> sum / examples).toArray();
            return new SharingChoice(reader, List.copyOf(sums.keySet()), Nd4j.createFromArray(new double[][] {means}));
        }
    }
}
