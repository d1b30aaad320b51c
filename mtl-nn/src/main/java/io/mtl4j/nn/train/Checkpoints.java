package io.mtl4j.nn.train;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.persist.KnownTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how often a training is written down, so that it can go on after a crash: from the last checkpoint it ends bit
 * for bit where it would have ended unbroken.
 *
 * <pre>{@code
 * Trainer.builder(model)
 *         .checkpoints(Checkpoints.in(folder).everyMinutes(10).keep(3).resuming())
 * }</pre>
 *
 * <p>There is one before the first step, which shows that the folder can be written, one after each epoch, one at the end,
 * and those asked for in between. If one of the later ones cannot be written, the log and a {@link
 * io.mtl4j.event.TrainingEvent.CheckpointFailed} say so, the ones before are kept and training goes on. With validation data
 * {@code best.mtl} always holds the best model so far. When the JVM is told to end (Ctrl-C), training ends after the current
 * step with a checkpoint.
 *
 * @param folder where to
 * @param everySteps number of steps between checkpoints; 0 for none within an epoch
 * @param every time between checkpoints; zero for none within an epoch
 * @param keep number of checkpoints to keep, at least 1
 * @param resumes whether to go on from a checkpoint that is there already
 * @param types the types that the files may hold
 */
public record Checkpoints(Path folder, int everySteps, Duration every, int keep, boolean resumes, KnownTypes types) {

    /** Checks the values. */
    public Checkpoints {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(types, "types");
        Require.atLeast("checkpoints: steps between them", everySteps, 0);
        Require.atLeast("checkpoints: number to keep", keep, 1);
        if (every.isNegative()) {
            throw new IllegalArgumentException(
                    "checkpoints: time between them is " + every + "; it may not be negative");
        }
    }

    /**
     * {@return checkpoints after each epoch, of which the last three are kept}
     *
     * @param folder where to; made if it is not there
     */
    public static Checkpoints in(Path folder) {
        return new Checkpoints(folder, 0, Duration.ZERO, 3, false, KnownTypes.standard());
    }

    /**
     * {@return these, and one after every so many steps}
     *
     * @param steps the number of steps, at least 1
     */
    public Checkpoints everySteps(int steps) {
        Require.atLeast("checkpoints: steps between them", steps, 1);
        return new Checkpoints(folder, steps, every, keep, resumes, types);
    }

    /**
     * {@return these, and one after every so many minutes}
     *
     * @param minutes above 0; may be a fraction
     */
    public Checkpoints everyMinutes(double minutes) {
        Require.positive("checkpoints: minutes between them", minutes);
        return new Checkpoints(
                folder, everySteps, Duration.ofMillis(Math.round(minutes * 60_000)), keep, resumes, types);
    }

    /**
     * {@return these, with another number to keep}
     *
     * @param count at least 1
     */
    public Checkpoints keep(int count) {
        return new Checkpoints(folder, everySteps, every, count, resumes, types);
    }

    /**
     * {@return these, going on from the newest checkpoint that is there and can be read, or beginning anew if there is none}
     * Without this, a folder with checkpoints is refused, so that no other training's are mixed up or lost.
     */
    public Checkpoints resuming() {
        return new Checkpoints(folder, everySteps, every, keep, true, types);
    }

    /**
     * {@return these, for models with parts of your own}
     *
     * @param known the types that the files may hold
     */
    public Checkpoints types(KnownTypes known) {
        return new Checkpoints(folder, everySteps, every, keep, resumes, known);
    }
}
