package io.mtl4j.examples.benchmark;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Notes when the first step of a training is done, and memory every so many steps. */
final class SteadyRecorder implements TrainingListener {

    private final int every;
    private final boolean memoryKnown = ProcessMemory.known();
    private final List<Double> resident = new ArrayList<>();
    private int steps;
    private long firstStepMillis;
    private long begun;
    private long ended;

    SteadyRecorder(int every) {
        this.every = every;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepDone) {
            steps++;
            ended = System.nanoTime();
            if (steps == 1) {
                firstStepMillis = System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime();
                begun = ended;
            }
            if (memoryKnown && steps % every == 0) {
                resident.add(ProcessMemory.residentMib());
            }
        }
    }

    /** {@return the time from the start of the JVM to the end of the first step, in milliseconds} */
    long firstStepMillis() {
        return firstStepMillis;
    }

    /** {@return steps in a second after the first; NaN if there was only one} */
    double stepsPerSecond() {
        return steps < 2 ? Double.NaN : (steps - 1) * 1e9 / (ended - begun);
    }

    /** {@return memory in use in MiB, once every so many steps; empty where the system does not tell} */
    List<Double> residentMib() {
        return List.copyOf(resident);
    }

    /** {@return growth of memory after the first fifth of the notes, in which the JVM still compiles; in MiB} */
    double growthMib() {
        return resident.isEmpty() ? 0 : resident.get(resident.size() - 1) - resident.get(resident.size() / 5);
    }
}
