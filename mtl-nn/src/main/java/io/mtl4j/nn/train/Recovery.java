package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.persist.TrainingState;
import io.mtl4j.step.MethodState;

/** Decides what happens after a step that diverged, and counts how often it did. */
final class Recovery {

    static final String NAME = "recovery";

    private final OnDivergence rule;
    private final Audience audience;
    private int inARow;
    private int rollBacks;
    private double rateFactor = 1;

    Recovery(OnDivergence rule, Audience audience) {
        this.rule = rule;
        this.audience = audience;
    }

    /** {@return what multiplies the learning rate now} */
    double rateFactor() {
        return rateFactor;
    }

    /** {@return whether a step must be undone without a trace, so that a copy is needed before it} */
    boolean mayUndoStep() {
        return rule instanceof OnDivergence.SkipStep;
    }

    /** {@return whether the state at the beginning of an epoch must be kept} */
    boolean mayRollBack() {
        return rule instanceof OnDivergence.RollBack;
    }

    void stepWentWell() {
        inARow = 0;
    }

    /**
     * Puts things right after a step that diverged.
     *
     * @param failure what happened
     * @param before the state before the step; null unless {@link #mayUndoStep()}
     * @param epochBegan the state at the beginning of the epoch; null unless {@link #mayRollBack()}
     * @throws TrainingDivergedException if training is to stop
     */
    void recover(
            TrainingDivergedException failure,
            TrainingState before,
            TrainingState epochBegan,
            RunMemory memory,
            int epoch,
            long step) {
        if (rule instanceof OnDivergence.SkipStep skip && inARow < skip.mostInARow()) {
            inARow++;
            int count = inARow;
            memory.restore(before);
            inARow = count;
            tell(failure, "the step was left out", epoch, step);
        } else if (rule instanceof OnDivergence.RollBack back && rollBacks < back.most()) {
            int count = rollBacks + 1;
            double factor = rateFactor * back.rateFactor();
            memory.restore(epochBegan);
            rollBacks = count;
            rateFactor = factor;
            tell(failure, "back to the beginning of the epoch, learning rate times " + factor, epoch, step);
        } else {
            throw failure;
        }
    }

    private void tell(TrainingDivergedException failure, String action, int epoch, long step) {
        audience.tell(new TrainingEvent.Diverged(failure.task(), failure.getMessage(), action, epoch, step));
    }

    MethodState state() {
        return MethodState.empty(NAME).with("counts", inARow, rollBacks).with("rate-factor", rateFactor);
    }

    void restore(MethodState state) {
        double[] counts = state.array("counts");
        inARow = (int) counts[0];
        rollBacks = (int) counts[1];
        rateFactor = state.number("rate-factor");
    }
}
