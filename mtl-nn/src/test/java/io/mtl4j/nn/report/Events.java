package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.task.Task;
import io.mtl4j.task.TaskKind;
import io.mtl4j.task.TaskSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A training of any number of tasks as it could have been, seen by a listener. */
final class Events {

    static final int STEPS = 50;

    final List<String> tasks;
    private final int epochs;
    private final Random random = new Random(1);

    Events(List<String> tasks, int epochs) {
        this.tasks = tasks;
        this.epochs = epochs;
    }

    static Events of(int tasks, int epochs) {
        return new Events(
                IntStream.range(0, tasks)
                        .mapToObj(i -> "task " + (char) ('a' + i % 26) + i)
                        .toList(),
                epochs);
    }

    TrainingEvent.Started started() {
        return new TrainingEvent.Started(tasks, epochs, STEPS, 64L * STEPS, 0);
    }

    TrainingEvent.Described described() {
        TaskSet set = new TaskSet(tasks.stream()
                .map(name -> new Task(name, TaskKind.MULTI_CLASS, "cross-entropy", 4))
                .toList());
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        facts.put("Training", Map.of("weighting", "equal"));
        facts.put("Model", Map.of("layers", "first line\nsecond </script> line"));
        return new TrainingEvent.Described(set, facts);
    }

    /** Those of an epoch: a Gramian and a step in turn, a mishap, a checkpoint, the end. */
    List<TrainingEvent> epoch(int epoch) {
        List<TrainingEvent> events = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            double time = epoch + step / (double) STEPS;
            if (step % 5 == 0) {
                events.add(new TrainingEvent.GramianSeen(epoch, step, gramian()));
            }
            events.add(new TrainingEvent.StepDone(
                    epoch, step, numbers(2 / (1 + time)), numbers(1), 0.01 / (1 + time), 1 + time, 64, 4_000_000));
        }
        long done = (epoch + 1L) * STEPS;
        if (epoch == 1) {
            events.add(
                    new TrainingEvent.Diverged(tasks.get(0), "loss is NaN", "the step was left out", epoch, done - 20));
        }
        Map<String, Double> losses = new LinkedHashMap<>();
        Map<String, SortedMap<String, Double>> validation = new LinkedHashMap<>();
        tasks.forEach(task -> {
            losses.put(task, (1 + random.nextDouble()) / (epoch + 1));
            double accuracy = 1 - (0.5 + 0.1 * random.nextDouble()) / (epoch + 1);
            validation.put(
                    task,
                    new TreeMap<>(
                            Map.of("loss", losses.get(task) * 1.1, "accuracy", accuracy, "f1-macro", accuracy - 0.05)));
        });
        events.add(new TrainingEvent.EpochDone(epoch, losses, validation, epoch != epochs - 1, 250_000_000));
        Map<String, Map<String, Double>> taken = new LinkedHashMap<>();
        tasks.forEach(task -> {
            double first = random.nextDouble();
            Map<String, Double> weights = new LinkedHashMap<>();
            weights.put("expert 0", first);
            weights.put("expert 1", 1 - first);
            taken.put(task, weights);
        });
        events.add(new TrainingEvent.SharingSeen(epoch, taken));
        events.add(new TrainingEvent.CheckpointWritten("/somewhere/step-" + done + ".mtl", done));
        return events;
    }

    TrainingEvent.Finished finished() {
        return new TrainingEvent.Finished(epochs, Math.max(0, epochs - 2), "all epochs done", 9_000_000_000L);
    }

    List<TrainingEvent> all() {
        List<TrainingEvent> all = new ArrayList<>(List.of(described(), started()));
        IntStream.range(0, epochs).forEach(epoch -> all.addAll(epoch(epoch)));
        all.add(finished());
        return all;
    }

    private double[] numbers(double about) {
        return tasks.stream()
                .mapToDouble(task -> about * (1 + 0.2 * random.nextDouble()))
                .toArray();
    }

    private double[][] gramian() {
        int k = tasks.size();
        double[][] rows = new double[k][8];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian() + 0.3;
            }
        }
        double[][] gramian = new double[k][k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                for (int d = 0; d < rows[i].length; d++) {
                    gramian[i][j] += rows[i][d] * rows[j][d];
                }
            }
        }
        return gramian;
    }
}
