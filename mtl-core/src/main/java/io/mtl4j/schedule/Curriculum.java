package io.mtl4j.schedule;

import io.mtl4j.internal.Require;
import io.mtl4j.task.TaskSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Easy tasks before hard ones: the weight of the n-th task rises from 0 to 1 in a straight line between the ends of the
 * (n-1)-th and the n-th part of the training; the first begins with 1. Tasks that are not named weigh 1 all the time.
 *
 * @param epochs length of a part, above 0; may be a fraction
 * @param easyToHard the tasks' names
 */
record Curriculum(double epochs, List<String> easyToHard) implements TrainingSchedule {

    Curriculum {
        Require.positive("curriculum: epochs", epochs);
        easyToHard = List.copyOf(easyToHard);
        if (easyToHard.isEmpty() || easyToHard.stream().distinct().count() < easyToHard.size()) {
            throw new IllegalArgumentException(
                    "curriculum of the tasks " + easyToHard + "; name at least one, and each once");
        }
    }

    @Override
    public String name() {
        return "curriculum";
    }

    @Override
    public void checkFits(TaskSet tasks) {
        easyToHard.forEach(tasks::indexOf);
    }

    @Override
    public StepPlan plan(Progress progress) {
        return StepPlan.of(IntStream.range(0, progress.tasks().size())
                .mapToObj(k -> factor(easyToHard.indexOf(progress.tasks().get(k).name()), progress.time()))
                .toList());
    }

    private double factor(int place, double time) {
        return place <= 0 ? 1 : Math.max(0, Math.min(1, time / epochs - (place - 1)));
    }
}
