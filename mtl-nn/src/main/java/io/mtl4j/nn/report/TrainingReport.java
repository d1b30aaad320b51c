package io.mtl4j.nn.report;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.internal.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a training as one HTML page, during the training and at its end: losses, metrics, weights, gradients, what tasks
 * take from what they share, the pace, all settings, versions and seeds, and what came out. The page needs neither network
 * nor server, and can be sent to others as it is.
 *
 * <pre>{@code
 * TrainingReport report = TrainingReport.writeTo(Path.of("report.html"));
 * Trainer.builder(model)
 *     .listener(report)
 *     .build()
 *     .fit(train, validation);
 * report.results("test", Evaluator.evaluate(model, test));
 * }</pre>
 *
 * <p>The page is written when training begins and ends, and in between at the end of a step or epoch if 10 seconds have
 * passed since the last time ({@link Builder#every}), yet never so often that it takes more than a 50th of the time: a page
 * takes some 10 ms, the first one of 30 tasks some 60 ms; an event in between some 6 µs. It is written aside and renamed,
 * so that a browser never sees half of it. While training runs the page asks for its newer self. The time decides when the
 * page is written and is told on it; training does not depend on it.
 *
 * <p>A page that cannot be written when training begins stops it; later on, a warning is logged and training goes on. Curves
 * have up to 512 points, each the mean of equally many steps, so that neither page nor memory grow with the length of the
 * training. Cosines and norms of gradients are known where the trainer computes them: see {@link
 * io.mtl4j.nn.train.TrainerBuilder#gradientDiagnosticsEvery}. A listener serves one training at a time; a new one begins a
 * new page in the same file.
 */
public final class TrainingReport implements TrainingListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingReport.class);
    private static final int SHARE_OF_TIME = 50;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Path file;
    private final Optional<String> title;
    private final Duration every;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Template template = new Template();
    private final Map<String, Map<String, SortedMap<String, Double>>> measured = new LinkedHashMap<>();
    private Optional<TrainingEvent.Described> described = Optional.empty();
    private RunHistory run;
    private boolean running;
    private long begun;
    private long next;

    private TrainingReport(Builder builder) {
        this.file = builder.file.toAbsolutePath();
        this.title = builder.title;
        this.every = builder.every;
        this.clock = builder.clock;
        this.nanos = builder.nanos;
    }

    /**
     * {@return a report}
     *
     * @param file the page, replaced if it is there; missing folders are made
     * @throws IllegalStateException if uPlot is not on the class path
     */
    public static TrainingReport writeTo(Path file) {
        return builder(file).build();
    }

    /**
     * {@return a builder}
     *
     * @param file the page, replaced if it is there; missing folders are made
     */
    public static Builder builder(Path file) {
        return new Builder(file);
    }

    @Override
    public boolean wantsDetails() {
        return true;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Described told) {
            described = Optional.of(told);
        } else if (event instanceof TrainingEvent.Started started) {
            start(started);
        } else if (run != null) {
            run.add(event);
            if (event instanceof TrainingEvent.Finished) {
                running = false;
                tryToWrite();
            } else if (nanos.getAsLong() - next >= 0) {
                tryToWrite();
            }
        }
    }

    private void start(TrainingEvent.Started started) {
        run = new RunHistory(started, described);
        described = Optional.empty();
        measured.clear();
        running = true;
        begun = nanos.getAsLong();
        try {
            write();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "training report " + file + ": cannot be written (" + e.getMessage()
                            + "); give a file in a folder where the application may write",
                    e);
        }
    }

    /**
     * Adds what the application measured, such as on test data, and writes the page once more.
     *
     * @param name the name of the data, such as {@code test}; what was added under the same name is replaced
     * @param evaluation what was measured
     * @throws IllegalStateException if no training has begun
     */
    public void results(String name, Evaluation evaluation) {
        Objects.requireNonNull(name, "name");
        if (run == null) {
            throw new IllegalStateException(
                    "training report: no training has begun; add the report to a trainer and train first");
        }
        measured.put(name, evaluation.asMap());
        tryToWrite();
    }

    /** Writes the page of a training that ended by an exception; the trainer does it. */
    @Override
    public void close() {
        if (running) {
            running = false;
            tryToWrite();
        }
    }

    private void tryToWrite() {
        try {
            write();
        } catch (IOException e) {
            LOG.warn("training report {} could not be written; training goes on", file, e);
        }
    }

    private void write() throws IOException {
        long from = nanos.getAsLong();
        try {
            byte[] page = template.fill(page(from)).getBytes(StandardCharsets.UTF_8);
            WholeFile.write(file, out -> out.write(page));
        } finally {
            long to = nanos.getAsLong();
            next = to + Math.max(every.toNanos(), SHARE_OF_TIME * (to - from));
        }
    }

    private PageData page(long now) {
        RunStatus status = new RunStatus(run, running, now - begun, clock);
        return new PageData(
                title.orElseGet(() -> "Training of " + status.names()),
                status.state(),
                status.words(),
                status.written(),
                running ? Math.max(2, every.toSeconds()) : 0,
                run.tasks(),
                Charts.of(run),
                Grids.of(run),
                ResultTable.of(run, measured),
                run.marks(),
                run.facts());
    }

    /** Builds a {@link TrainingReport}. Unless set: the tasks' names as title, every 10 seconds. */
    public static final class Builder {

        private final Path file;
        private Optional<String> title = Optional.empty();
        private Duration every = Duration.ofSeconds(10);
        private Clock clock = Clock.system(ZoneId.systemDefault());
        private LongSupplier nanos = System::nanoTime;

        private Builder(Path file) {
            this.file = Objects.requireNonNull(file, "file");
        }

        /**
         * Sets the title of the page.
         *
         * @param text any text
         * @return this
         */
        public Builder title(String text) {
            this.title = Optional.of(text);
            return this;
        }

        /**
         * Sets how much time passes between two writings while training runs.
         *
         * @param time at least this; zero for after each step, as far as that takes no more than a 50th of the time
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder every(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException(
                        "training report: time between writings is " + time + "; it may not be negative");
            }
            this.every =
                    time.compareTo(LONGEST) < 0 ? time : LONGEST; // nanoseconds of any Duration need not fit a long
            return this;
        }

        /** Takes the time from elsewhere. */
        Builder time(Clock wall, LongSupplier elapsed) {
            this.clock = wall;
            this.nanos = elapsed;
            return this;
        }

        /**
         * {@return the report}
         *
         * @throws IllegalStateException if uPlot is not on the class path
         */
        public TrainingReport build() {
            return new TrainingReport(this);
        }
    }
}
