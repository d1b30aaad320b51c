package io.mtl4j.nn.ensemble;

import io.mtl4j.nn.head.Head;
import io.mtl4j.task.TaskKind;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One member, one vote. For a choice among classes the output is each class's share of the votes; for yes or no, and for each
 * of several labels, the share of the members that say yes; for numbers it is the median. A tie goes to what the members find
 * more probable on average: outputs are {@code (share + ε mean) / (1 + ε)} with ε = 1e-3 / M for M members.
 */
public record Vote() implements Combination {

    private static final double TIE_BREAK = 1e-3;
    private static final double YES = 0.5;

    @Override
    public INDArray combine(Head head, List<INDArray> outputs) {
        TaskOutputs.require(head.task(), outputs);
        TaskKind kind = head.task().kind();
        double[][] members = outputs.stream().map(TaskOutputs::read).toArray(double[][]::new);
        double[] combined = switch (kind) {
            case MULTI_CLASS, TAGGING -> {
                int classes = head.task().outputs();
                yield shares(members, (values, i) -> i % classes == argMax(values, i - i % classes, classes));
            }
            case BINARY, MULTI_LABEL -> shares(members, (values, i) -> values[i] > YES);
            case REGRESSION -> median(members);
            default ->
                throw new IllegalArgumentException("task \""
                        + head.task().name() + "\" of kind " + kind
                        + " has no answers that can be counted; average them instead");
        };
        return TaskOutputs.like(outputs.get(0), combined);
    }

    /** Whether a member's vote is for the i-th output. */
    private interface Choice {
        boolean isFor(double[] values, int i);
    }

    private static double[] shares(double[][] members, Choice choice) {
        double epsilon = TIE_BREAK / members.length;
        double[] shares = new double[members[0].length];
        for (int i = 0; i < shares.length; i++) {
            double votes = 0;
            double mean = 0;
            for (double[] values : members) {
                votes += choice.isFor(values, i) ? 1 : 0;
                mean += values[i];
            }
            shares[i] = (votes + epsilon * mean) / (members.length * (1 + epsilon));
        }
        return shares;
    }

    private static double[] median(double[][] members) {
        double[] medians = new double[members[0].length];
        for (int i = 0; i < medians.length; i++) {
            int output = i;
            double[] sorted = Arrays.stream(members)
                    .mapToDouble(values -> values[output])
                    .sorted()
                    .toArray();
            medians[i] = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
        return medians;
    }

    private static int argMax(double[] values, int from, int count) {
        int best = 0;
        for (int c = 1; c < count; c++) {
            best = values[from + c] > values[from + best] ? c : best;
        }
        return best;
    }
}
