package io.mtl4j.examples.compare;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.step.Requirement;
import io.mtl4j.weighting.LossWeighting;
import io.mtl4j.weighting.Weightings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How tasks are trained together, by name.
 *
 * @param name as {@link Weightings#byName} or {@link Aggregations#byName} knows it
 * @param kind which of the two
 */
public record Method(String name, Kind kind) {

    /** A model for each task by itself: what the others are compared with. */
    public static final Method SINGLE_TASK = new Method("single-task", Kind.SINGLE);

    /** What a method works on. */
    public enum Kind {
        /** One task at a time. */
        SINGLE,
        /** The losses. */
        WEIGHTING,
        /** The gradients. */
        AGGREGATION;

        /** {@return the name for people} */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Checks that nothing is missing. */
    public Method {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
    }

    /** {@return all weightings and all aggregators that have a name} */
    public static List<Method> all() {
        return Stream.concat(Weightings.names().stream(), Aggregations.names().stream())
                .map(Method::named)
                .toList();
    }

    /**
     * {@return a method}
     *
     * @param name of a weighting or an aggregator, such as {@code uncertainty}, {@code pcgrad}, {@code upgrad-representation}
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Method named(String name) {
        if (name.equals(SINGLE_TASK.name)) {
            return SINGLE_TASK;
        }
        if (Weightings.names().contains(name)) {
            return new Method(name, Kind.WEIGHTING);
        }
        try {
            Aggregations.byName(name);
            return new Method(name, Kind.AGGREGATION);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; or of the weightings " + Weightings.names(), e);
        }
    }

    /** Tells a trainer to use this method and gives it held-out data if it asks for them. */
    void configure(TrainerBuilder trainer, Problem.Parts parts, int gradientsEvery) {
        Set<Requirement> needs = Set.of();
        if (kind == Kind.WEIGHTING) {
            LossWeighting weighting = Weightings.byName(name);
            needs = weighting.requirements();
            trainer.weighting(weighting).gradientDiagnosticsEvery(gradientsEvery);
        } else if (kind == Kind.AGGREGATION) {
            Aggregator aggregator = Aggregations.byName(name);
            needs = aggregator.requirements();
            trainer.aggregation(aggregator);
        }
        if (needs.contains(Requirement.HELD_OUT)) {
            trainer.heldOut(parts.heldOut());
        }
    }

    /** Whether the gradients that conflict is measured on are those of the shared representation. */
    boolean onRepresentation() {
        return kind == Kind.AGGREGATION
                && Aggregations.byName(name).requirements().contains(Requirement.REPRESENTATION);
    }
}
