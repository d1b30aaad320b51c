package io.mtl4j.weighting;

import io.mtl4j.step.MethodState;
import java.util.Arrays;

/**
 * Shares of the tasks in a whole of 1, averaged over time, equal at first. What is present in a step divides anew what it
 * holds together, so that absent tasks keep their part.
 */
final class MovingShares {

    private double[] shares = {};

    /**
     * Moves the present tasks' shares.
     *
     * @param present the present tasks
     * @param target where to, of sum 1, one number a present task
     * @param rate how far, from 0 to 1
     * @return the shares of the present tasks among themselves, of sum 1
     */
    double[] move(Present present, double[] target, double rate) {
        present.requireSameTasks(shares.length);
        if (shares.length == 0) {
            shares = new double[present.tasks()];
            Arrays.fill(shares, 1.0 / shares.length);
        }
        double[] own = present.pick(shares);
        double held = Arrays.stream(own).sum();
        for (int j = 0; j < own.length; j++) {
            double before = held > 0 ? own[j] / held : 1.0 / own.length;
            own[j] = before + rate * (target[j] - before);
            shares[present.number(j)] = own[j] * held;
        }
        return own;
    }

    MethodState save(MethodState state) {
        return state.with("shares", shares);
    }

    void restore(MethodState state) {
        shares = state.array("shares");
    }
}
