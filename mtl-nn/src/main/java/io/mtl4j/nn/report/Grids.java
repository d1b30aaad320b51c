package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.report.Chart.Section;
import io.mtl4j.nn.train.GradientSummary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The tables of a training: how the tasks' gradients go together, and who takes what from whom. */
final class Grids {

    private Grids() {}

    static List<Grid> of(RunHistory run) {
        List<Grid> grids = new ArrayList<>();
        if (run.tasks().size() > 1 && !run.cosines.isEmpty()) {
            GradientSummary gradients = run.gradients().summary();
            grids.add(new Grid(
                    Section.GRADIENTS,
                    "Mean cosine",
                    "1: same direction; below 0: what helps one task harms the other",
                    run.tasks(),
                    run.tasks(),
                    gradients.cosines(),
                    0,
                    1));
            grids.add(new Grid(
                    Section.GRADIENTS,
                    "Share of steps in conflict",
                    "steps with a negative cosine, of those in which both gradients were known",
                    run.tasks(),
                    run.tasks(),
                    gradients.conflicts(),
                    0,
                    1));
        }
        run.sharing().ifPresent(seen -> grids.add(sharing(seen)));
        return grids;
    }

    private static Grid sharing(TrainingEvent.SharingSeen seen) {
        LinkedHashSet<String> sources = new LinkedHashSet<>();
        seen.weights().values().forEach(taken -> sources.addAll(taken.keySet()));
        List<double[]> rows = new ArrayList<>();
        double most = 1;
        for (Map<String, Double> taken : seen.weights().values()) {
            double[] row = sources.stream()
                    .mapToDouble(source -> taken.getOrDefault(source, Double.NaN))
                    .toArray();
            for (double value : row) {
                most = value > most ? value : most;
            }
            rows.add(row);
        }
        return new Grid(
                Section.SHARING,
                "Who takes what",
                "mean weights after epoch " + (seen.epoch() + 1) + ", over up to 256 examples of each input",
                List.copyOf(seen.weights().keySet()),
                List.copyOf(sources),
                rows.toArray(double[][]::new),
                0,
                most);
    }
}
