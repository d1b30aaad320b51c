package io.mtl4j.nn.train;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterLayout;
import io.mtl4j.schedule.Progress;
import io.mtl4j.schedule.StepPlan;
import io.mtl4j.schedule.TrainingSchedule;
import io.mtl4j.task.TaskSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Turns a schedule's plans into what the training loop does: batches without some labels, and ranges of parameters. */
final class StepPlanner {

    private final TrainingSchedule schedule;
    private final LearningRates rates;
    private final TaskSet tasks;
    private final ParameterLayout layout;
    private final EncoderDepth depth;
    private final Map<StepPlan, UpdateRanges> known = new HashMap<>();

    StepPlanner(TrainingSchedule schedule, LearningRates rates, MultiTaskModel model) {
        this.schedule = schedule;
        this.rates = rates;
        this.tasks = model.tasks();
        this.layout = model.network().store().layout();
        this.depth = new EncoderDepth(layout.parameters());
    }

    StepPlan plan(int epoch, int stepInEpoch, int stepsPerEpoch) {
        StepPlan plan = schedule.plan(new Progress(tasks, epoch, stepInEpoch, stepsPerEpoch, depth.layers()));
        if (plan.tasks().size() != tasks.size()) {
            throw new IllegalStateException("schedule \"" + schedule.name() + "\" gave factors for "
                    + plan.tasks().size() + " tasks, but the model has " + tasks.size() + "; give one for each task");
        }
        return plan;
    }

    /** The batch without the tasks that take no part. */
    MultiTaskBatch restrict(MultiTaskBatch batch, StepPlan plan) {
        Set<String> skipped = new TreeSet<>();
        for (int k = 0; k < tasks.size(); k++) {
            if (!plan.takesPart(k)) {
                skipped.add(tasks.get(k).name());
            }
        }
        return skipped.isEmpty() ? batch : new MultiTaskBatch(batch.sources(), skipped);
    }

    /** Which updates are not applied as they are. */
    UpdateRanges ranges(StepPlan plan) {
        StepPlan kind =
                new StepPlan(plan.tasks().stream().map(f -> f > 0 ? 1.0 : 0.0).toList(), plan.encoder(), plan.heads());
        return known.computeIfAbsent(
                kind,
                p -> UpdateRanges.of(layout, parameter -> {
                    boolean trains =
                            depth.of(parameter) < 0 ? p.heads() : p.encoder().contains(depth.of(parameter));
                    boolean ownerTakesPart = parameter.owner() < 0 || p.takesPart(parameter.owner());
                    return trains && ownerTakesPart ? rates.factor(parameter, depth, tasks) : 0;
                }));
    }
}
