package io.mtl4j.examples.compare;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.schedule.TrainingSchedule;
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
 * @param name as {@link Weightings#byName}, {@link Aggregations#byName}, {@link NamedSharings#of} or {@link
 *     NamedSchedules#of} knows it
 * @param kind which of them
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
        AGGREGATION,
        /** Which parts of the model are shared. */
        SHARING,
        /** What trains when. */
        SCHEDULE;

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
     * @param name of a weighting, an aggregator, a way of sharing or a schedule, such as {@code uncertainty}, {@code pcgrad},
     *     {@code upgrad-representation}, {@code mmoe}, {@code layer-wise}
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Method named(String name) {
        if (name.equals(SINGLE_TASK.name)) {
            return SINGLE_TASK;
        }
        if (Weightings.names().contains(name)) {
            return new Method(name, Kind.WEIGHTING);
        }
        if (NamedSharings.names().contains(name)) {
            return sharing(name);
        }
        if (NamedSchedules.names().contains(name)) {
            return schedule(name);
        }
        try {
            Aggregations.byName(name);
            return new Method(name, Kind.AGGREGATION);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + "; or of the weightings " + Weightings.names() + "; or of the ways of sharing "
                            + NamedSharings.names() + "; or of the schedules " + NamedSchedules.names(),
                    e);
        }
    }

    /**
     * {@return a way of sharing, trained with equal weights}
     *
     * @param name such as {@code hard}
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Method sharing(String name) {
        if (!NamedSharings.names().contains(name)) {
            throw new IllegalArgumentException(
                    "no way of sharing \"" + name + "\"; there are " + NamedSharings.names());
        }
        return new Method(name, Kind.SHARING);
    }

    /** {@return all ways of sharing that have a name} */
    public static List<Method> sharings() {
        return NamedSharings.names().stream().map(Method::sharing).toList();
    }

    /**
     * {@return a schedule, trained with equal weights}
     *
     * @param name such as {@code progressive}
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Method schedule(String name) {
        if (!NamedSchedules.names().contains(name)) {
            throw new IllegalArgumentException("no schedule \"" + name + "\"; there are " + NamedSchedules.names());
        }
        return new Method(name, Kind.SCHEDULE);
    }

    /** {@return all schedules that have a name} */
    public static List<Method> schedules() {
        return NamedSchedules.names().stream().map(Method::schedule).toList();
    }

    /** A new model for some tasks; only ways of sharing differ in it. */
    MultiTaskModel model(Problem problem, List<String> tasks, long seed) {
        ModelBuilder builder = problem.model(tasks, seed);
        return kind == Kind.SHARING
                ? builder.sharing(NamedSharings.of(name, tasks)).build()
                : builder.build();
    }

    /** The number of parameters of the model, or of those for each task. */
    long parameters(Problem problem) {
        return kind == Kind.SINGLE
                ? problem.tasks().stream()
                        .mapToLong(task -> model(problem, List.of(task), 1).parameterCount())
                        .sum()
                : model(problem, problem.tasks(), 1).parameterCount();
    }

    /** What trains when, for as many epochs as a training has. */
    TrainingSchedule schedule(List<String> tasks, int epochs) {
        return kind == Kind.SCHEDULE ? NamedSchedules.of(name, tasks, epochs) : Schedules.joint();
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
