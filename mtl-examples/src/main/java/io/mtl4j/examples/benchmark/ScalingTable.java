package io.mtl4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;

/** Writes speed over the number of tasks as a table for people and as CSV. */
final class ScalingTable {

    private ScalingTable() {}

    static String render(List<ScalingPoint> points) {
        StringBuilder table =
                new StringBuilder(String.format("%-12s %6s %12s %12s %9s%n", "case", "tasks", "sum", "jac", "jac/sum"));
        points.stream()
                .map(p -> new Row(p.reference(), p.tasks()))
                .distinct()
                .forEach(row -> table.append(row.render(points)));
        return table.toString();
    }

    static void writeCsv(List<ScalingPoint> points, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(CSVFormat.RFC4180.format("case", "mode", "tasks", "samples_per_s"));
        for (ScalingPoint p : points) {
            lines.add(CSVFormat.RFC4180.format(
                    p.reference().id(), p.mode().id(), p.tasks(), JsonLine.rounded(p.samplesPerSecond(), 1)));
        }
        Files.write(file, lines);
    }

    private record Row(ReferenceModel reference, int tasks) {

        String render(List<ScalingPoint> points) {
            OptionalDouble sum = speed(points, Mode.SUM);
            OptionalDouble jac = speed(points, Mode.JAC);
            String ratio = sum.isPresent() && jac.isPresent()
                    ? String.format(Locale.ROOT, "%.2f", jac.getAsDouble() / sum.getAsDouble())
                    : "-";
            return String.format("%-12s %6d %12s %12s %9s%n", reference.id(), tasks, number(sum), number(jac), ratio);
        }

        private OptionalDouble speed(List<ScalingPoint> points, Mode mode) {
            return points.stream()
                    .filter(p -> p.reference() == reference && p.tasks() == tasks && p.mode() == mode)
                    .mapToDouble(ScalingPoint::samplesPerSecond)
                    .findFirst();
        }

        private static String number(OptionalDouble speed) {
            return speed.isPresent() ? String.format(Locale.ROOT, "%,.0f", speed.getAsDouble()) : "-";
        }
    }
}
