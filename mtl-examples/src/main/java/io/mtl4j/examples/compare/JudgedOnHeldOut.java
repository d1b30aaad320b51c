package io.mtl4j.examples.compare;

import io.mtl4j.nn.model.ModelBuilder;
import java.util.List;

/**
 * A problem whose methods are judged on the held-out data: for choosing settings, so that the test data stay unseen.
 *
 * @param problem the problem
 */
public record JudgedOnHeldOut(Problem problem) implements Problem {

    @Override
    public String name() {
        return problem.name();
    }

    @Override
    public String description() {
        return problem.description() + "; judged on the held-out part";
    }

    @Override
    public List<String> tasks() {
        return problem.tasks();
    }

    @Override
    public String metric() {
        return problem.metric();
    }

    @Override
    public ModelBuilder model(List<String> tasks, long seed) {
        return problem.model(tasks, seed);
    }

    @Override
    public Parts parts(List<String> tasks) {
        Parts parts = problem.parts(tasks);
        return new Parts(parts.train(), parts.heldOut(), parts.heldOut());
    }
}
