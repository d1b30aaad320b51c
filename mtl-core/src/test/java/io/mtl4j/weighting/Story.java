package io.mtl4j.weighting;

import io.mtl4j.step.FakeStep;
import io.mtl4j.step.Lookahead;
import io.mtl4j.step.Requirement;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A made-up training for contract tests: losses over fifteen orders of magnitude, some 0, tasks that come and go,
 * gradients of which some are 0, and a held-out loss of which the hypergradient is known.
 */
record Story(double[][] losses, double[][] after, double[][][] gradients, double[][][] heldOut) {

    private static final int STEPS = 9;
    private static final int COLUMNS = 3;
    private static final int STEPS_PER_EPOCH = 2;
    private static final double RATE = 0.1;

    static Story random(long seed, int tasks) {
        SplittableRandom random = new SplittableRandom(seed);
        Story story = new Story(
                new double[STEPS][tasks],
                new double[STEPS][tasks],
                new double[STEPS][tasks][COLUMNS],
                new double[STEPS][tasks][COLUMNS]);
        for (int i = 0; i < STEPS; i++) {
            for (int k = 0; k < tasks; k++) {
                boolean absent = random.nextInt(5) == 0;
                story.losses[i][k] = absent ? Double.NaN : loss(random);
                story.after[i][k] = absent ? Double.NaN : loss(random);
                boolean flat = absent || random.nextInt(6) == 0;
                for (int c = 0; c < COLUMNS; c++) {
                    story.gradients[i][k][c] = flat ? 0 : random.nextDouble(-1, 1);
                    story.heldOut[i][k][c] = random.nextDouble(-1, 1);
                }
            }
        }
        return story;
    }

    private static double loss(SplittableRandom random) {
        return random.nextInt(10) == 0 ? 0 : Math.pow(10, random.nextDouble(-9, 6));
    }

    /** {@return the story of some of the tasks, in the order given} */
    Story only(int[] tasks) {
        return new Story(pick(losses, tasks), pick(after, tasks), pick(gradients, tasks), pick(heldOut, tasks));
    }

    /** {@return the story in which a task is absent throughout} */
    Story without(int task) {
        Story story = only(IntStream.range(0, losses[0].length).toArray());
        for (int i = 0; i < STEPS; i++) {
            story.losses[i][task] = Double.NaN;
            story.after[i][task] = Double.NaN;
            story.gradients[i][task] = new double[COLUMNS];
        }
        return story;
    }

    private static double[][] pick(double[][] all, int[] tasks) {
        double[][] some = new double[all.length][tasks.length];
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < tasks.length; j++) {
                some[i][j] = all[i][tasks[j]];
            }
        }
        return some;
    }

    private static double[][][] pick(double[][][] all, int[] tasks) {
        double[][][] some = new double[all.length][tasks.length][];
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < tasks.length; j++) {
                some[i][j] = all[i][tasks[j]].clone();
            }
        }
        return some;
    }

    int steps() {
        return STEPS;
    }

    double[] losses(int step) {
        return losses[step];
    }

    boolean present(int step, int task) {
        return !Double.isNaN(losses[step][task]);
    }

    double[][] run(LossWeighting weighting) {
        double[][] weights = new double[STEPS][];
        for (int i = 0; i < STEPS; i++) {
            weights[i] = take(weighting, i);
        }
        return weights;
    }

    double[] take(LossWeighting weighting, int step) {
        double[] weights = weighting.weigh(new FakeStep(losses[step])
                .gradients(gradients[step])
                .lookahead(lookahead(step))
                .epoch(step / STEPS_PER_EPOCH)
                .step(step));
        if (weighting.requirements().contains(Requirement.LOSSES_AFTER_UPDATE)) {
            weighting.afterUpdate(after[step]);
        }
        return weights;
    }

    private Lookahead lookahead(int step) {
        return new StoryLookahead(RATE, losses[step], gradients[step], heldOut[step]);
    }
}
