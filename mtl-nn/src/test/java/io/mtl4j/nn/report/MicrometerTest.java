package io.mtl4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class MicrometerTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    private double gauge(String name, String... tags) {
        return registry.get("mtl4j.training." + name)
                .tag("model", "shop")
                .tags(tags)
                .gauge()
                .value();
    }

    private double count(String name, String... tags) {
        return registry.get("mtl4j.training." + name)
                .tag("model", "shop")
                .tags(tags)
                .counter()
                .count();
    }

    @Test
    void aTrainingIsSeenInMeters() {
        MicrometerListener listener = MicrometerListener.of(registry, "shop");
        List<TrainingEvent> events = Events.of(2, 3).all();
        events.forEach(listener::on);
        listener.on(new TrainingEvent.CheckpointFailed("no space", 1));
        TrainingEvent.StepDone step = last(events, TrainingEvent.StepDone.class);
        TrainingEvent.EpochDone epoch = last(events, TrainingEvent.EpochDone.class);
        assertEquals(step.losses()[1], gauge("loss", "task", "task b1"));
        assertEquals(step.weights()[0], gauge("weight", "task", "task a0"));
        assertEquals(step.learningRate(), gauge("learning.rate"));
        assertEquals(3, gauge("epoch"));
        assertEquals(
                epoch.validation().get("task a0").get("accuracy"),
                gauge("validation", "task", "task a0", "metric", "accuracy"));
        assertEquals(150, registry.get("mtl4j.training.step").timer().count());
        assertEquals(600, registry.get("mtl4j.training.step").timer().totalTime(TimeUnit.MILLISECONDS), 1e-6);
        assertEquals(150 * 64, count("examples"));
        assertEquals(1, count("divergences", "task", "task a0"));
        assertEquals(0, count("divergences", "task", "task b1"));
        assertEquals(3, count("checkpoints", "outcome", "written"));
        assertEquals(1, count("checkpoints", "outcome", "failed"));
    }

    private static <T> T last(List<TrainingEvent> events, Class<T> type) {
        return events.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Test
    void anotherTrainingTakesThePlaceOfTheFirst() {
        Events.of(2, 3).all().forEach(MicrometerListener.of(registry, "shop")::on);
        MicrometerListener second = MicrometerListener.of(registry, "shop");
        second.on(Events.of(2, 3).started());
        assertEquals(0, gauge("epoch"));
        second.on(new TrainingEvent.StepDone(
                0, 0, new double[] {7, Double.NaN}, new double[] {1, Double.NaN}, 1, 1, 1, 1));
        assertEquals(7, gauge("loss", "task", "task a0"));
        assertEquals(151, registry.get("mtl4j.training.step").timer().count());
    }

    @Test
    void predictionsAreTimedAndStayTheSame() {
        MultiTaskModel model = MultiTaskModel.builder()
                .input("shape", Shape.vector(3))
                .input("sound", Shape.vector(3))
                .encoder(Encoders.mlp().dense(4))
                .task(Tasks.classification("a", 2).input("shape"))
                .task(Tasks.regression("b", 1).input("shape"))
                .task(Tasks.regression("c", 1).input("sound"))
                .build();
        Metered metered = Metered.of(model, registry, "shop");
        float[][] rows =
                IntStream.range(0, 5).mapToObj(i -> new float[] {i, 1, -i}).toArray(float[][]::new);
        assertEquals(
                model.predictBatch("shape", Nd4j.createFromArray(rows), null)
                        .get(4)
                        .task("b")
                        .value(),
                metered.predictBatch("shape", Nd4j.createFromArray(rows), null)
                        .get(4)
                        .task("b")
                        .value());
        metered.predict("sound", Nd4j.createFromArray(1f, 2f, 3f));
        metered.outputs("shape", Nd4j.createFromArray(rows), null);
        assertEquals(
                2,
                registry.get("mtl4j.prediction")
                        .tags("model", "shop", "tasks", "a,b")
                        .timer()
                        .count());
        assertTrue(
                registry.get("mtl4j.prediction").tag("input", "sound").timer().totalTime(TimeUnit.NANOSECONDS) > 0);
        assertEquals(
                10,
                registry.get("mtl4j.prediction.batch")
                        .tag("input", "shape")
                        .summary()
                        .totalAmount());
        assertThrows(IllegalArgumentException.class, () -> metered.outputs("smell", Nd4j.createFromArray(rows), null));
        assertEquals(
                1,
                registry.get("mtl4j.prediction")
                        .tags("input", "unknown", "outcome", "IllegalArgumentException")
                        .timer()
                        .count());
        TreeSet<String> names = new TreeSet<>();
        registry.getMeters().forEach(meter -> names.add(meter.getId().getName()));
        assertEquals(List.of("mtl4j.prediction", "mtl4j.prediction.batch"), List.copyOf(names));
    }

    @Test
    void theGlobalRegistryIsFedWithoutNamingIt() {
        Metrics.addRegistry(registry);
        try {
            Events.of(2, 1).all().forEach(Meters.training("shop")::on);
            assertEquals(1, gauge("epoch"));
        } finally {
            Metrics.removeRegistry(registry);
        }
    }

    /** The same classes on a class path without Micrometer. */
    @Test
    void whereMicrometerIsMissingTheCureIsTold() throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer"))
                .map(entry -> url(Path.of(entry)))
                .toArray(URL[]::new);
        try (URLClassLoader without = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Runnable caller = (Runnable) without.loadClass(Caller.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            Throwable thrown = assertThrows(IllegalStateException.class, caller::run);
            assertEquals(
                    "meters: Micrometer is not on the class path; add the dependency"
                            + " io.micrometer:micrometer-core to the application",
                    thrown.getMessage());
        }
    }

    /** An application that does not know Micrometer. */
    public static final class Caller implements Runnable {
        @Override
        public void run() {
            Meters.training("shop");
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
