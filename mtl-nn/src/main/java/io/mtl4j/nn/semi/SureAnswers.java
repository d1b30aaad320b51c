package io.mtl4j.nn.semi;

import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answers of a model that are sure enough to be labels.
 *
 * @param labels the labels; NaN for all other examples
 * @param counts how many by class
 */
record SureAnswers(LabelTable labels, SortedMap<Integer, Integer> counts) {

    private static final double YES = 0.5;

    /** An answer: the example, the output it is of (0 for classes), the class in which it counts, its probability. */
    private record Answer(int example, int output, int group, float label, double probability) {}

    static boolean possible(Task task) {
        return task.kind() == TaskKind.MULTI_CLASS
                || task.kind() == TaskKind.BINARY
                || task.kind() == TaskKind.MULTI_LABEL;
    }

    static SureAnswers of(Task task, double[][] outputs, LabelTable known, PseudoLabels rule) {
        List<Answer> answers = answers(task, outputs, known);
        answers.removeIf(a -> a.probability() < rule.confidence());
        answers.sort(Comparator.comparingDouble(Answer::probability).reversed().thenComparingInt(Answer::example));
        boolean classes = task.kind() == TaskKind.MULTI_CLASS;
        float[][] rows = LabelTable.empty(outputs.length, classes && !rule.soft() ? 1 : task.outputs());
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (Answer answer : answers) {
            int count = counts.getOrDefault(answer.group(), 0);
            if (count < rule.perClass()) {
                counts.put(answer.group(), count + 1);
                double[] output = outputs[answer.example()];
                float[] row = rows[answer.example()];
                if (!rule.soft()) {
                    row[answer.output()] = answer.label();
                } else if (classes) {
                    normalize(output, row);
                } else {
                    row[answer.output()] = (float) output[answer.output()];
                }
            }
        }
        return new SureAnswers(new LabelTable(task, rows), counts);
    }

    private static List<Answer> answers(Task task, double[][] outputs, LabelTable known) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            if (task.kind() == TaskKind.MULTI_CLASS) {
                if (known.missing(i, 0)) {
                    int best = argMax(outputs[i]);
                    answers.add(new Answer(i, 0, best, best, outputs[i][best]));
                }
                continue;
            }
            for (int c = 0; c < outputs[i].length; c++) {
                if (known.missing(i, c)) {
                    double p = outputs[i][c];
                    int yes = p > YES ? 1 : 0;
                    int group = task.kind() == TaskKind.BINARY ? yes : c;
                    answers.add(new Answer(i, c, group, yes, Math.max(p, 1 - p)));
                }
            }
        }
        return answers;
    }

    /** Writes probabilities that sum to 1 also as 32-bit floats of averages and the like. */
    private static void normalize(double[] output, float[] row) {
        double sum = Arrays.stream(output).sum();
        for (int c = 0; c < row.length; c++) {
            row[c] = (float) (output[c] / sum);
        }
    }

    private static int argMax(double[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            best = values[c] > values[best] ? c : best;
        }
        return best;
    }
}
