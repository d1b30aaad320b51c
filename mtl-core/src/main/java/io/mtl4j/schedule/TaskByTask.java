package io.mtl4j.schedule;

import io.mtl4j.internal.Require;

/**
 * One task after the other, in their order, again and again.
 *
 * @param steps number of steps of a task before the next one's turn, at least 1
 */
record TaskByTask(int steps) implements TrainingSchedule {

    TaskByTask {
        Require.atLeast("task by task: steps", steps, 1);
    }

    @Override
    public String name() {
        return "task-by-task";
    }

    @Override
    public StepPlan plan(Progress progress) {
        long turn = progress.step() / steps;
        return StepPlan.only(progress.tasks(), (int) (turn % progress.tasks().size()));
    }
}
