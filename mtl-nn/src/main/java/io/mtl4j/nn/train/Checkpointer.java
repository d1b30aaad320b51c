package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.CheckpointFolder;
import io.mtl4j.nn.persist.ModelFileException;
import io.mtl4j.nn.persist.TrainingState;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the checkpoints of one training. */
final class Checkpointer {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    private final Checkpoints plan;
    private final CheckpointFolder folder;
    private final MultiTaskModel model;
    private final Snapshot best;
    private final Audience audience;
    private long lastNanos = System.nanoTime();

    /**
     * Makes a checkpointer.
     *
     * @param best the numbers that the model is to have at the end, live
     */
    Checkpointer(Checkpoints plan, MultiTaskModel model, Snapshot best, Audience audience) {
        this.plan = plan;
        this.folder = new CheckpointFolder(plan.folder(), plan.types());
        this.model = model;
        this.best = best;
        this.audience = audience;
    }

    /** Writes the first one, and fails if that is not possible. */
    void begin(TrainingState state) {
        folder.removeUnfinished();
        folder.save(model, best, state, plan.keep());
    }

    /** Writes one if it is time, after the steps from one number to another. */
    void afterSteps(long from, long to, Supplier<TrainingState> state) {
        boolean bySteps = plan.everySteps() > 0 && to / plan.everySteps() > from / plan.everySteps();
        boolean byTime = !plan.every().isZero()
                && System.nanoTime() - lastNanos >= plan.every().toNanos();
        if (bySteps || byTime) {
            write(state.get());
        }
    }

    /** Writes one in any case. */
    void write(TrainingState state) {
        try {
            String file = folder.save(model, best, state, plan.keep()).toString();
            audience.tell(new TrainingEvent.CheckpointWritten(file, state.step()));
        } catch (ModelFileException e) {
            failed(e, state.step());
        }
        lastNanos = System.nanoTime();
    }

    /** Writes the best model. */
    void writeBest(long step) {
        try {
            folder.saveBest(model, best);
        } catch (ModelFileException e) {
            failed(e, step);
        }
    }

    private void failed(ModelFileException e, long step) {
        LOG.error("checkpoint at step {} failed; those before it are kept and training goes on", step, e);
        audience.tell(new TrainingEvent.CheckpointFailed(e.getMessage(), step));
    }
}
