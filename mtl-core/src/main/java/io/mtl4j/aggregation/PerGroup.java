package io.mtl4j.aggregation;

import io.mtl4j.step.Jacobian;
import io.mtl4j.step.Jacobian.ColumnRange;
import io.mtl4j.step.Jacobian.Granularity;
import io.mtl4j.step.MethodState;
import io.mtl4j.step.PresentTasks;
import io.mtl4j.step.Requirement;
import io.mtl4j.step.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An aggregator for each layer, or for each parameter array: every group of columns gets a direction of its own, from
 * its own part of the gradients.
 *
 * <p>Tasks often agree in early layers and conflict in late ones; here each layer settles its own conflicts. What the
 * method guarantees holds within each group, so non-conflict carries over to the whole: {@code <g_k, d>} is the sum of
 * the groups' products. Costs one Gramian a group; the direction comes to the host. As in GradVac (Wang et al., ICLR
 * 2021: whole model, all layers, all matrices).
 *
 * <p>A stateful method keeps a state for each group. All groups see the same random numbers.
 */
public final class PerGroup implements Aggregator {

    private final Supplier<? extends Aggregator> method;
    private final Granularity granularity;
    private final Aggregator example;
    private final List<Aggregator> groups = new ArrayList<>();

    /**
     * Makes an aggregator that asks a method of its own for each group.
     *
     * @param method makes a new method, once for each group, such as {@code Aggregations::upGrad}
     * @param granularity what the groups are
     * @throws IllegalArgumentException if the method needs the representation, which has no groups
     */
    public PerGroup(Supplier<? extends Aggregator> method, Granularity granularity) {
        this.method = Objects.requireNonNull(method, "method");
        this.granularity = Objects.requireNonNull(granularity, "granularity");
        this.example = method.get();
        if (example.requirements().contains(Requirement.REPRESENTATION)) {
            throw new IllegalArgumentException("method \"" + example.name()
                    + "\" works on the representation, which has no layers; use it without groups");
        }
    }

    @Override
    public String name() {
        return example.name() + "-per-" + granularity.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<Requirement> requirements() {
        return example.requirements();
    }

    @Override
    public UpdateDirection aggregate(TrainingStep step) {
        return Gradients.ofPresent(step, present -> new UpdateDirection.Vector(direction(present)));
    }

    private double[] direction(PresentTasks step) {
        Jacobian whole = step.jacobian();
        List<ColumnRange> ranges = whole.groups(granularity);
        double[] direction = new double[Math.toIntExact(whole.columns())];
        for (int i = 0; i < ranges.size(); i++) {
            ColumnRange range = ranges.get(i);
            UpdateDirection part = group(i).aggregate(step.columns(range.from(), range.to()));
            double[] values = part instanceof UpdateDirection.Vector vector
                    ? vector.direction()
                    : whole.slice(range.from(), range.to()).combine(((UpdateDirection.Weights) part).weights());
            System.arraycopy(values, 0, direction, (int) range.from(), values.length);
        }
        return direction;
    }

    private Aggregator group(int number) {
        while (groups.size() <= number) {
            groups.add(method.get());
        }
        return groups.get(number);
    }

    @Override
    public MethodState state() {
        MethodState state = MethodState.empty(name()).with("groups", groups.size());
        for (int i = 0; i < groups.size(); i++) {
            for (Map.Entry<String, double[]> entry :
                    groups.get(i).state().values().entrySet()) {
                state = state.with(i + "/" + entry.getKey(), entry.getValue());
            }
        }
        return state;
    }

    @Override
    public void restore(MethodState state) {
        state.requireMethod(name());
        int count = (int) state.number("groups");
        groups.clear();
        for (int i = 0; i < count; i++) {
            MethodState part = MethodState.empty(example.name());
            String prefix = i + "/";
            for (Map.Entry<String, double[]> entry : state.values().entrySet()) {
                if (entry.getKey().startsWith(prefix)) {
                    part = part.with(entry.getKey().substring(prefix.length()), entry.getValue());
                }
            }
            group(i).restore(part);
        }
    }
}
