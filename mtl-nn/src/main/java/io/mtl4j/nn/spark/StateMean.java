package io.mtl4j.nn.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The mean of what several workers came to, each counting by its examples: parameters, running statistics, the optimiser's
 * memory and that of the methods.
 */
final class StateMean {

    private final List<RoundAnswer> answers;
    private final List<StateNumbers> states;
    private final double[] shares;

    /**
     * Means over workers.
     *
     * @param all answers, of which at least one did steps
     */
    StateMean(List<RoundAnswer> all) {
        this.answers = all.stream().filter(answer -> answer.size() > 0).toList();
        this.states = answers.stream().map(RoundAnswer::end).toList();
        this.shares = shares(RoundAnswer::size);
    }

    private double[] shares(ToLongFunction<RoundAnswer> examples) {
        double all = answers.stream().mapToLong(examples).sum();
        return answers.stream()
                .mapToDouble(answer -> examples.applyAsLong(answer) / all)
                .toArray();
    }

    /**
     * {@return the mean}
     *
     * @param begin what all began with, which has the number of steps
     * @param steps how many were done since
     */
    StateNumbers of(StateNumbers begin, int steps) {
        return new StateNumbers(
                begin.epoch(),
                begin.step() + steps,
                begin.seed(),
                new ModelNumbers(vector(state -> state.model().trained(), shares), buffers(begin)),
                vector(StateNumbers::optimizer, shares),
                methods());
    }

    /** Running statistics of an input, each worker counting by its examples of that input. */
    private List<Numbers> buffers(StateNumbers begin) {
        List<Numbers> buffers = new ArrayList<>();
        for (int i = 0; i < begin.model().buffers().size(); i++) {
            int input = i;
            boolean seen = answers.stream().anyMatch(answer -> answer.examples()[input] > 0);
            buffers.add(
                    seen
                            ? vector(
                                    state -> state.model().buffers().get(input),
                                    shares(answer -> answer.examples()[input]))
                            : begin.model().buffers().get(input));
        }
        return buffers;
    }

    private Numbers vector(Function<StateNumbers, Numbers> part, double[] by) {
        List<Numbers> all = states.stream().map(part).toList();
        if (all.get(0).doubles() != null) {
            return new Numbers(null, mean(all.stream().map(Numbers::doubles).toList(), by));
        }
        double[] mean =
                mean(all.stream().map(numbers -> doubles(numbers.singles())).toList(), by);
        float[] singles = new float[mean.length];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = (float) mean[i];
        }
        return new Numbers(singles, null);
    }

    private static double[] doubles(float[] singles) {
        return IntStream.range(0, singles.length).mapToDouble(i -> singles[i]).toArray();
    }

    /** Methods count steps and keep histories, which workers that missed a step have shorter: then the longest counts alone. */
    private SortedMap<String, SortedMap<String, double[]>> methods() {
        SortedMap<String, SortedMap<String, double[]>> means = new TreeMap<>();
        int most = IntStream.range(0, shares.length).reduce(0, (a, b) -> shares[b] > shares[a] ? b : a);
        states.get(most).methods().forEach((method, arrays) -> {
            SortedMap<String, double[]> of = new TreeMap<>();
            arrays.forEach((name, array) -> {
                List<double[]> all = states.stream()
                        .map(state -> state.methods().get(method).get(name))
                        .toList();
                boolean alike = all.stream().allMatch(each -> each != null && each.length == array.length);
                of.put(name, alike ? mean(all, shares) : array);
            });
            means.put(method, of);
        });
        return means;
    }

    private static double[] mean(List<double[]> all, double[] by) {
        double[] first = all.get(0);
        if (all.stream().allMatch(each -> Arrays.equals(each, first))) {
            return first.clone(); // also where sums would round
        }
        double[] mean = new double[first.length];
        for (int w = 0; w < by.length; w++) {
            double[] numbers = all.get(w);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += by[w] * numbers[i];
            }
        }
        return mean;
    }
}
