package io.mtl4j.examples.compare;

import io.mtl4j.schedule.Progressive;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.schedule.TrainingSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The schedules that are compared, by name, each laid out for the tasks and the number of epochs of a training. */
final class NamedSchedules {

    private static final Map<String, BiFunction<List<String>, Integer, TrainingSchedule>> ALL = all();

    private NamedSchedules() {}

    private static Map<String, BiFunction<List<String>, Integer, TrainingSchedule>> all() {
        Map<String, BiFunction<List<String>, Integer, TrainingSchedule>> all = new LinkedHashMap<>();
        all.put("joint", (tasks, epochs) -> Schedules.joint());
        all.put("alternating", (tasks, epochs) -> Schedules.alternating(1, 1));
        all.put("task-by-task", (tasks, epochs) -> Schedules.taskByTask(1));
        all.put("layer-wise", (tasks, epochs) -> Schedules.layerWise(Math.max(1, epochs / 10)));
        all.put("progressive", NamedSchedules::progressive);
        all.put("progressive-plateau", NamedSchedules::afterPlateaus);
        all.put("curriculum", (tasks, epochs) -> Schedules.curriculum(epochs / 4.0, tasks.toArray(String[]::new)));
        return all;
    }

    /** The tasks join at even distances within the first half of the training, each after an epoch of its head alone. */
    private static TrainingSchedule progressive(List<String> tasks, int epochs) {
        Progressive schedule = Schedules.progressive(tasks.get(0));
        for (int k = 1; k < tasks.size(); k++) {
            schedule = schedule.then(tasks.get(k), Math.max(k, epochs * k / (2 * tasks.size())));
        }
        return schedule.warmUp(1);
    }

    private static TrainingSchedule afterPlateaus(List<String> tasks, int epochs) {
        Progressive schedule = Schedules.progressive(tasks.get(0));
        for (String task : tasks.subList(1, tasks.size())) {
            schedule = schedule.thenAfterPlateau(task, 1);
        }
        return schedule.warmUp(1);
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** A fresh schedule that {@link #names()} has. */
    static TrainingSchedule of(String name, List<String> tasks, int epochs) {
        return ALL.get(name).apply(tasks, epochs);
    }
}
