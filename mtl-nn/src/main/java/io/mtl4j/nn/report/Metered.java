package io.mtl4j.nn.report;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.model.Predictor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A predictor that tells Micrometer how long its answers take: the same answers as those of the one within, from any number of
 * threads.
 *
 * <pre>{@code
 * Predictor metered = Metered.of(model, registry, "shop");
 * Prediction answer = metered.predict(features);
 * }</pre>
 *
 * <table>
 * <caption>Meters; all have the tags {@code model} and {@code input}</caption>
 * <tr><th>name</th><th>kind</th><th>further tags</th><th>what</th></tr>
 * <tr><td>{@code mtl4j.prediction}</td><td>timer</td><td>{@code tasks}, {@code outcome}</td><td>number and time of the
 *     calls; outcome is {@code answered}, the simple name of an exception, or {@code Error}</td></tr>
 * <tr><td>{@code mtl4j.prediction.batch}</td><td>summary</td><td></td><td>examples of a call</td></tr>
 * </table>
 *
 * <p>All tasks of an input are answered together, in one forward pass, so that there is one time for all of them, and the tag
 * {@code tasks} has their names, with commas. An application that wants percentiles sets them in its registry.
 */
public final class Metered implements Predictor {

    private static final String NAME = "mtl4j.prediction";

    private final Predictor predictor;
    private final MeterRegistry registry;
    private final String model;

    private Metered(Predictor predictor, MeterRegistry registry, String model) {
        this.predictor = Objects.requireNonNull(predictor, "predictor");
        this.registry = Objects.requireNonNull(registry, "registry");
        this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * {@return a predictor that is measured}
     *
     * @param predictor what answers, such as a model or an ensemble
     * @param registry the application's
     * @param model what tells this predictor's meters from those of others
     */
    public static Metered of(Predictor predictor, MeterRegistry registry, String model) {
        return new Metered(predictor, registry, model);
    }

    @Override
    public List<InputSpec> inputs() {
        return predictor.inputs();
    }

    @Override
    public List<Head> heads() {
        return predictor.heads();
    }

    @Override
    public Map<String, INDArray> outputs(String input, SourceBatch examples) {
        return timed(input, examples, () -> predictor.outputs(input, examples));
    }

    @Override
    public List<Prediction> predictBatch(String input, SourceBatch examples) {
        return timed(input, examples, () -> predictor.predictBatch(input, examples));
    }

    private <T> T timed(String input, SourceBatch examples, Supplier<T> call) {
        Tags tags = Tags.of("model", model, "input", known(input));
        Timer.Sample sample = Timer.start(registry);
        String outcome = Error.class.getSimpleName();
        try {
            T answer = call.get();
            DistributionSummary.builder(NAME + ".batch")
                    .tags(tags)
                    .register(registry)
                    .record(examples.size());
            outcome = "answered";
            return answer;
        } catch (RuntimeException e) {
            outcome = e.getClass().getSimpleName();
            throw e;
        } finally {
            sample.stop(registry.timer(NAME, tags.and("tasks", tasks(input), "outcome", outcome)));
        }
    }

    /** A tag has few values, whatever callers ask for. */
    private String known(String input) {
        return inputs().stream().anyMatch(spec -> spec.name().equals(input)) ? input : "unknown";
    }

    private String tasks(String input) {
        return String.join(
                ",",
                heads().stream()
                        .filter(head -> head.input().orElse(input).equals(input))
                        .map(head -> head.task().name())
                        .toList());
    }
}
