package io.mtl4j.metric;

import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A table of precision, recall, F1 and support, with the layout of scikit-learn's {@code classification_report}: a line
 * for each class, then the averages. What is not defined is shown as {@code -}.
 *
 * @param classes what was counted
 * @param exclusive whether each example has exactly one class; then the accuracy takes the place of the micro average
 * @param digits digits after the point, from 0 to 15
 */
public record ClassificationReport(ClassCounts classes, boolean exclusive, int digits) {

    /** Checks the values. */
    public ClassificationReport {
        Objects.requireNonNull(classes, "classes");
        if (digits < 0 || digits > 15) {
            throw new IllegalArgumentException("digits = " + digits + "; it must be from 0 to 15");
        }
    }

    /**
     * A report with two digits.
     *
     * @param classes what was counted
     * @param exclusive whether each example has exactly one class
     */
    public ClassificationReport(ClassCounts classes, boolean exclusive) {
        this(classes, exclusive, 2);
    }

    /** {@return the table} */
    @Override
    public String toString() {
        int width = Stream.concat(classes.names().stream(), Stream.of("weighted avg"))
                .mapToInt(String::length)
                .max()
                .orElseThrow();
        StringBuilder text = new StringBuilder(line(width, "", "precision", "recall", "f1-score", "support"));
        text.append('\n');
        for (int c = 0; c < classes.names().size(); c++) {
            Counts counts = classes.counts().get(c);
            text.append(scores(width, classes.names().get(c), score -> score.applyAsDouble(counts), counts.support()));
        }
        long support = classes.support();
        Counts micro = classes.micro();
        text.append('\n');
        text.append(
                exclusive
                        ? line(width, "accuracy", "", "", number(micro.recall()), Long.toString(support))
                        : scores(width, "micro avg", score -> score.applyAsDouble(micro), support));
        text.append(scores(width, "macro avg", classes::macro, support));
        text.append(scores(width, "weighted avg", classes::weighted, support));
        return text.toString();
    }

    private String scores(int width, String name, ToDoubleFunction<ToDoubleFunction<Counts>> average, long support) {
        return line(
                width,
                name,
                number(average.applyAsDouble(Counts::precision)),
                number(average.applyAsDouble(Counts::recall)),
                number(average.applyAsDouble(Counts::f1)),
                Long.toString(support));
    }

    private String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String line(int width, String name, String... cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%" + width + "s ", name));
        for (String cell : cells) {
            line.append(String.format(Locale.ROOT, " %9s", cell));
        }
        return line.append('\n').toString();
    }
}
