package io.mtl4j.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The {@link Counts} of several classes, labels or entity types, and their averages.
 *
 * <p>Classes that are {@linkplain Counts#absent absent} are left out of every average, as scikit-learn leaves out
 * classes found neither in the labels nor in the predictions. All averages are NaN when nothing was counted.
 *
 * @param names one name a class
 * @param counts one element a class
 */
public record ClassCounts(List<String> names, List<Counts> counts) {

    /** Checks that there are as many names as counts, and copies both. */
    public ClassCounts {
        names = List.copyOf(names);
        counts = List.copyOf(counts);
        if (names.size() != counts.size()) {
            throw new IllegalArgumentException(
                    names.size() + " names for " + counts.size() + " classes; give one name for each");
        }
    }

    /**
     * {@return the micro average: the counts of all classes pooled} For classes that exclude each other, and with none
     * left out, its precision, recall and F1 all equal the accuracy.
     */
    public Counts micro() {
        return counts.stream().reduce(Counts.ZERO, Counts::plus);
    }

    /**
     * {@return the macro average: the plain mean of a score over the classes}
     *
     * @param score such as {@code Counts::f1}
     */
    public double macro(ToDoubleFunction<Counts> score) {
        return Defined.mean(counts.stream().mapToDouble(score));
    }

    /**
     * {@return the weighted average: the mean of a score over the classes, each weighted by its support}
     *
     * @param score such as {@code Counts::f1}
     */
    public double weighted(ToDoubleFunction<Counts> score) {
        double sum = counts.stream()
                .filter(c -> c.support() > 0)
                .mapToDouble(c -> c.support() * score.applyAsDouble(c))
                .sum();
        return sum / support();
    }

    /** {@return the balanced accuracy: the mean recall over the classes that have support} */
    public double balancedAccuracy() {
        return Defined.mean(counts.stream().filter(c -> c.support() > 0).mapToDouble(Counts::recall));
    }

    /**
     * {@return the Matthews correlation of several classes that exclude each other, from -1 to 1} With c right answers
     * among s, and class k predicted p_k times and true t_k times, it is {@code (c s - sum p_k t_k) / sqrt((s^2 - sum
     * p_k^2) (s^2 - sum t_k^2))}; 0 when all answers or all labels are one class, NaN without examples.
     *
     * <p>Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", 2004, in the
     * form used by scikit-learn.
     */
    public double matthews() {
        double total = support();
        double covariance = total * micro().truePositives();
        double predictedVariance = total * total;
        double labelVariance = total * total;
        for (Counts c : counts) {
            covariance -= (double) c.predicted() * c.support();
            predictedVariance -= (double) c.predicted() * c.predicted();
            labelVariance -= (double) c.support() * c.support();
        }
        if (total == 0) {
            return Double.NaN;
        }
        double scale = Math.sqrt(predictedVariance) * Math.sqrt(labelVariance);
        return scale == 0 ? 0 : covariance / scale;
    }

    /** {@return the support of all classes together} */
    public long support() {
        return counts.stream().mapToLong(Counts::support).sum();
    }
}
