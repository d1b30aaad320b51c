package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The moments that a page marks: the best epoch, and the last {@link #MOST} checkpoints and divergences each. */
final class RunMarks {

    static final int MOST = 100;

    private final int stepsPerEpoch;
    private final Deque<PageData.Mark> checkpoints = new ArrayDeque<>();
    private final Deque<PageData.Mark> divergences = new ArrayDeque<>();
    private Optional<PageData.Mark> best = Optional.empty();

    RunMarks(int stepsPerEpoch) {
        this.stepsPerEpoch = stepsPerEpoch;
    }

    void add(TrainingEvent event) {
        if (event instanceof TrainingEvent.CheckpointWritten written) {
            String file = String.valueOf(Path.of(written.file()).getFileName());
            keep(checkpoints, mark(written.step(), "checkpoint", "checkpoint " + file));
        } else if (event instanceof TrainingEvent.CheckpointFailed failed) {
            keep(checkpoints, mark(failed.step(), "divergence", "a checkpoint failed: " + failed.reason()));
        } else if (event instanceof TrainingEvent.Diverged diverged) {
            keep(divergences, mark(diverged.step(), "divergence", diverged.reason() + "; " + diverged.action()));
        } else if (event instanceof TrainingEvent.EpochDone epoch
                && epoch.best()
                && !epoch.validation().isEmpty()) {
            best = Optional.of(new PageData.Mark(epoch.epoch() + 1.0, "best", "best epoch so far"));
        }
    }

    private PageData.Mark mark(long step, String kind, String text) {
        return new PageData.Mark(step / (double) stepsPerEpoch, kind, text);
    }

    private static void keep(Deque<PageData.Mark> marks, PageData.Mark mark) {
        if (marks.size() == MOST) {
            marks.removeFirst();
        }
        marks.addLast(mark);
    }

    /** All, in the order of time. */
    List<PageData.Mark> all() {
        List<PageData.Mark> all = new ArrayList<>(checkpoints);
        all.addAll(divergences);
        best.ifPresent(all::add);
        all.sort(Comparator.comparingDouble(PageData.Mark::time));
        return all;
    }
}
