package io.mtl4j.examples.compare;

import io.mtl4j.metric.Spread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The steps of a method, each the mean over the seeds that finished.
 *
 * @param method the method
 * @param steps the steps
 */
record MethodCurve(Method method, List<History.Step> steps) {

    MethodCurve {
        steps = List.copyOf(steps);
    }

    /** The curves of all methods that finished with a seed, in the order of the runs. */
    static List<MethodCurve> of(List<Run> runs, HistoryFiles histories) throws IOException {
        List<MethodCurve> curves = new ArrayList<>();
        for (Method method : runs.stream().map(Run::method).distinct().toList()) {
            List<List<History.Step>> seeds = new ArrayList<>();
            for (Run run : runs) {
                if (run.method().equals(method) && run.finished()) {
                    List<History.Step> steps = histories.read(run);
                    if (!steps.isEmpty()) {
                        seeds.add(steps);
                    }
                }
            }
            if (!seeds.isEmpty()) {
                curves.add(new MethodCurve(method, mean(seeds)));
            }
        }
        return curves;
    }

    private static List<History.Step> mean(List<List<History.Step>> seeds) {
        int length = seeds.stream().mapToInt(List::size).min().orElse(0);
        List<History.Step> means = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            int at = i;
            List<History.Step> same = seeds.stream().map(steps -> steps.get(at)).toList();
            List<Double> weights = new ArrayList<>();
            for (int k = 0; k < same.get(0).weights().size(); k++) {
                int task = k;
                weights.add(mean(same, step -> step.weights().get(task)));
            }
            means.add(new History.Step(same.get(0).epochs(), mean(same, History.Step::cosine), weights));
        }
        return means;
    }

    private static double mean(List<History.Step> steps, ToDoubleFunction<History.Step> number) {
        return Spread.of(steps.stream().mapToDouble(number).boxed().toList()).mean();
    }
}
