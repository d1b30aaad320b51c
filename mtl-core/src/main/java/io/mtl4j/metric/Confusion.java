package io.mtl4j.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A confusion matrix: how often an example of one class was taken for another.
 *
 * @param names one name a class
 * @param matrix {@code [C][C]}: row t, column p counts examples of class t taken for class p; copied in and out
 */
public record Confusion(List<String> names, long[][] matrix) {

    /** Checks the sizes and copies the values. */
    public Confusion {
        names = List.copyOf(names);
        matrix = copy(matrix);
        if (matrix.length != names.size()) {
            throw new IllegalArgumentException(
                    names.size() + " names for " + matrix.length + " classes; give one name for each");
        }
        for (long[] row : matrix) {
            if (row.length != matrix.length || Arrays.stream(row).anyMatch(n -> n < 0)) {
                throw new IllegalArgumentException("row " + Arrays.toString(row) + " of a confusion matrix of "
                        + matrix.length + " classes; give one count of at least 0 for each class");
            }
        }
    }

    @Override
    public long[][] matrix() {
        return copy(matrix);
    }

    /**
     * {@return how often class {@code label} was taken for class {@code predicted}}
     *
     * @param label the true class
     * @param predicted the class predicted
     */
    public long count(int label, int predicted) {
        return matrix[label][predicted];
    }

    /** {@return the share of right answers; NaN without examples} */
    public double accuracy() {
        return classes().micro().recall();
    }

    /** {@return the counts of each class, from which precision, recall, F1, their averages and more follow} */
    public ClassCounts classes() {
        List<Counts> counts = new ArrayList<>();
        for (int c = 0; c < matrix.length; c++) {
            long support = 0;
            long predicted = 0;
            for (int other = 0; other < matrix.length; other++) {
                support += matrix[c][other];
                predicted += matrix[other][c];
            }
            counts.add(new Counts(matrix[c][c], predicted - matrix[c][c], support - matrix[c][c]));
        }
        return new ClassCounts(names, counts);
    }

    /** {@return the matrix as text, with the names; rows are the true classes} */
    public String report() {
        int first = names.stream().mapToInt(String::length).max().orElse(1);
        int width = Math.max(
                first,
                Arrays.stream(matrix)
                        .flatMapToLong(Arrays::stream)
                        .mapToInt(n -> Long.toString(n).length())
                        .max()
                        .orElse(1));
        StringBuilder text = new StringBuilder(" ".repeat(first));
        names.forEach(name -> text.append(String.format(Locale.ROOT, " %" + width + "s", name)));
        for (int t = 0; t < matrix.length; t++) {
            text.append('\n').append(String.format(Locale.ROOT, "%" + first + "s", names.get(t)));
            for (long n : matrix[t]) {
                text.append(String.format(Locale.ROOT, " %" + width + "d", n));
            }
        }
        return text.append('\n').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Confusion that && names.equals(that.names) && Arrays.deepEquals(matrix, that.matrix);
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + Arrays.deepHashCode(matrix);
    }

    @Override
    public String toString() {
        return "Confusion[names=" + names + ", matrix=" + Arrays.deepToString(matrix) + "]";
    }

    private static long[][] copy(long[][] matrix) {
        return Arrays.stream(matrix).map(long[]::clone).toArray(long[][]::new);
    }
}
