package io.mtl4j.examples.compare;

import io.mtl4j.metric.DeltaM;
import io.mtl4j.metric.MetricValue;
import io.mtl4j.metric.Spread;
import io.mtl4j.task.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A method over its seeds; runs that did not finish count in the note only.
 *
 * @param method the method
 * @param finished number of seeds that finished
 * @param values the metric of each task
 * @param average the mean of the tasks' metrics
 * @param deltaM delta-m to the means of the single-task runs, a fraction
 * @param conflictShare share of steps whose gradients conflict
 * @param cosine mean cosine between gradients
 * @param milliseconds time of a step
 * @param parameters number of parameters of the model, or of all models
 * @param note what else is to be said; may be empty
 */
record MethodSummary(
        Method method,
        int finished,
        List<Spread> values,
        Spread average,
        Spread deltaM,
        Spread conflictShare,
        Spread cosine,
        Spread milliseconds,
        long parameters,
        String note) {

    MethodSummary {
        values = List.copyOf(values);
    }

    /** Summaries of all methods: single-task models first, then the best delta-m first. */
    static List<MethodSummary> of(Problem problem, List<Run> runs) {
        List<Run> baseline = runs.stream()
                .filter(run -> run.method().equals(Method.SINGLE_TASK))
                .toList();
        Map<String, List<MetricValue>> alone = metrics(problem, k -> mean(baseline, k));
        Map<Method, List<Run>> byMethod = new LinkedHashMap<>();
        runs.forEach(run ->
                byMethod.computeIfAbsent(run.method(), m -> new ArrayList<>()).add(run));
        return byMethod.entrySet().stream()
                .map(entry -> of(problem, entry.getKey(), entry.getValue(), alone))
                .sorted(Comparator.comparing((MethodSummary s) -> !s.method.equals(Method.SINGLE_TASK))
                        .thenComparing(
                                s -> Double.isNaN(s.deltaM.mean()) ? Double.POSITIVE_INFINITY : -s.deltaM.mean()))
                .toList();
    }

    private static MethodSummary of(
            Problem problem, Method method, List<Run> all, Map<String, List<MetricValue>> alone) {
        List<Run> runs = all.stream().filter(Run::finished).toList();
        ToDoubleFunction<Run> deltaM =
                run -> DeltaM.between(alone, metrics(problem, k -> run.values().get(k)))
                        .value();
        return new MethodSummary(
                method,
                runs.size(),
                IntStream.range(0, problem.tasks().size())
                        .mapToObj(k -> spread(runs, run -> run.values().get(k)))
                        .toList(),
                spread(runs, run -> Spread.of(run.values()).mean()),
                spread(runs, deltaM),
                spread(runs, Run::conflictShare),
                spread(runs, Run::cosine),
                spread(runs, Run::milliseconds),
                runs.isEmpty() ? 0 : method.parameters(problem),
                note(method, all));
    }

    private static Spread spread(List<Run> runs, ToDoubleFunction<Run> number) {
        return Spread.of(runs.stream().mapToDouble(number).boxed().toList());
    }

    private static double mean(List<Run> runs, int task) {
        return spread(runs, run -> run.values().get(task)).mean();
    }

    private static Map<String, List<MetricValue>> metrics(Problem problem, Function<Integer, Double> value) {
        Map<String, List<MetricValue>> metrics = new LinkedHashMap<>();
        for (int k = 0; k < problem.tasks().size(); k++) {
            metrics.put(
                    problem.tasks().get(k),
                    List.of(new MetricValue(problem.metric(), value.apply(k), Direction.HIGHER_IS_BETTER)));
        }
        return metrics;
    }

    private static String note(Method method, List<Run> all) {
        List<Run> diverged =
                all.stream().filter(run -> run.status() == Run.Status.DIVERGED).toList();
        List<Run> unsuited =
                all.stream().filter(run -> run.status() == Run.Status.UNSUITED).toList();
        if (!diverged.isEmpty()) {
            return "diverged with " + diverged.size() + " of " + all.size() + " seeds: "
                    + diverged.get(0).message();
        }
        if (!unsuited.isEmpty()) {
            return "not for these tasks: " + unsuited.get(0).message();
        }
        if (method.kind() == Method.Kind.SCHEDULE) {
            return all.stream().map(Run::message).distinct().collect(Collectors.joining("; "));
        }
        return method.onRepresentation() ? "conflict is that of the gradients of the representation" : "";
    }
}
