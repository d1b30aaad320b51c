package io.mtl4j.examples.compare;

import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingDivergedException;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.schedule.TrainingSchedule;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.learning.config.Adam;

/** Trains and tests one method with one seed. */
final class Trial {

    private final Problem problem;
    private final Settings settings;
    private final Map<List<String>, Problem.Parts> parts = new HashMap<>();

    /** A run and how it went. */
    record Outcome(Run run, List<History.Step> steps) {}

    Trial(Problem problem, Settings settings) {
        this.problem = problem;
        this.settings = settings;
    }

    Outcome run(Method method, long seed) {
        return method.kind() == Method.Kind.SINGLE ? alone(method, seed) : together(method, seed);
    }

    private Outcome together(Method method, long seed) {
        long begun = System.nanoTime();
        History history = new History(settings.gradientsEvery());
        Run.Status status = Run.Status.FINISHED;
        CountedSchedule schedule = new CountedSchedule(method.schedule(problem.tasks(), settings.epochs()));
        String message = "";
        List<Double> values = Collections.nCopies(problem.tasks().size(), Double.NaN);
        try {
            values = train(method, problem.tasks(), seed, schedule, history);
            message = method.kind() == Method.Kind.SCHEDULE ? schedule.shares() : "";
        } catch (TrainingDivergedException | ArithmeticException e) {
            status = Run.Status.DIVERGED;
            message = e.getMessage();
        } catch (IllegalArgumentException e) {
            if (!history.steps().isEmpty()) {
                throw e;
            }
            status = Run.Status.UNSUITED;
            message = e.getMessage();
        }
        Run run = new Run(
                method,
                seed,
                status,
                values,
                history.conflictShare(),
                history.meanCosine(),
                history.millisecondsPerStep(),
                seconds(begun),
                message);
        return new Outcome(run, history.steps());
    }

    /** A model for each task; their steps' times are added. */
    private Outcome alone(Method method, long seed) {
        long begun = System.nanoTime();
        double milliseconds = 0;
        double[] values = new double[problem.tasks().size()];
        for (int k = 0; k < values.length; k++) {
            History history = new History(settings.gradientsEvery());
            values[k] = train(method, List.of(problem.tasks().get(k)), seed, Schedules.joint(), history)
                    .get(0);
            milliseconds += history.millisecondsPerStep();
        }
        Run run = new Run(
                method,
                seed,
                Run.Status.FINISHED,
                Arrays.stream(values).boxed().toList(),
                Double.NaN,
                Double.NaN,
                milliseconds,
                seconds(begun),
                "");
        return new Outcome(run, List.of());
    }

    private List<Double> train(
            Method method, List<String> tasks, long seed, TrainingSchedule schedule, History history) {
        Problem.Parts data = parts.computeIfAbsent(tasks, problem::parts);
        try (MultiTaskModel model = method.model(problem, tasks, seed)) {
            TrainerBuilder trainer = Trainer.builder(model)
                    .optimizer(new Adam(settings.learningRate()))
                    .learningRate(settings.curve())
                    .epochs(settings.epochs())
                    .batchSize(settings.batchSize())
                    .seed(seed)
                    .schedule(schedule)
                    .listener(history);
            method.configure(trainer, data, settings.gradientsEvery());
            if (schedule.needsValidation()) {
                trainer.build().fit(data.train(), data.heldOut());
            } else {
                trainer.build().fit(data.train());
            }
            Evaluation test = Evaluator.evaluate(model, data.test());
            return tasks.stream()
                    .map(task -> test.task(task).metric(problem.metric()))
                    .toList();
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
