package io.mtl4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.event.TrainingEvent;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingReportTest {

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();

    private TrainingReport.Builder builder(Path file) {
        return TrainingReport.builder(file).time(NOON, nanos::get);
    }

    private static JsonNode data(Path page) throws IOException {
        Matcher found = DATA.matcher(Files.readString(page));
        assertTrue(found.find(), "no data");
        return new ObjectMapper().readTree(found.group(1));
    }

    private static List<String> titles(JsonNode data, String section) {
        return StreamSupport.stream(data.get("charts").spliterator(), false)
                .filter(chart -> chart.get("section").asText().equals(section))
                .map(chart -> chart.get("title").asText())
                .toList();
    }

    private static JsonNode chart(JsonNode data, String title) {
        return StreamSupport.stream(data.get("charts").spliterator(), false)
                .filter(chart -> chart.get("title").asText().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPageHasAllThatHappened() throws IOException {
        Path page = folder.resolve("new/report.html");
        TrainingReport report = builder(page).title("Two & two").build();
        Events.of(2, 3).all().forEach(report::on);
        JsonNode data = data(page);
        assertEquals("finished", data.get("state").asText());
        assertEquals(0, data.get("reloadSeconds").asInt());
        assertEquals("2026-01-02 12:00:00 +00:00", data.get("written").asText());
        assertEquals(
                "3 epochs, 150 steps in 9.0 s; all epochs done; the model has the parameters of epoch 2",
                data.get("status").asText());
        assertEquals(List.of("Loss by epoch", "Training loss by step"), titles(data, "LOSSES"));
        assertEquals(List.of("Validation accuracy"), titles(data, "METRICS"));
        assertEquals(List.of("Validation f1-macro"), titles(data, "MORE_METRICS"));
        assertEquals(List.of("Weights of the tasks"), titles(data, "WEIGHTS"));
        assertEquals(
                List.of("Cosine of two tasks' gradients", "Norms of the tasks' gradients"), titles(data, "GRADIENTS"));
        assertEquals(List.of("What task a0 takes", "What task b1 takes"), titles(data, "SHARING"));
        assertEquals(3, titles(data, "PACE").size());
        assertEquals(3, data.get("grids").size());
        assertEquals(
                "second </script> line",
                data.at("/facts/Model/layers").asText().lines().toList().get(1));
        assertTrue(Files.readString(page).contains("<title>Two &amp; two</title>"));
        assertTrue(Files.readString(page).contains("Permission is hereby granted"), "no licence of uPlot");
        assertEquals(List.of(page), files(page.getParent()));
    }

    @Test
    void curvesHaveTheNumbersOfTheEvents() throws IOException {
        Path page = folder.resolve("report.html");
        TrainingReport report = builder(page).build();
        List<TrainingEvent> events = Events.of(2, 2).all();
        events.forEach(report::on);
        JsonNode data = data(page);
        List<TrainingEvent.StepDone> steps = events.stream()
                .filter(TrainingEvent.StepDone.class::isInstance)
                .map(TrainingEvent.StepDone.class::cast)
                .toList();
        JsonNode losses = chart(data, "Training loss by step");
        for (int i = 0; i < steps.size(); i++) {
            assertEquals((i + 1.0) / Events.STEPS, losses.get("time").get(i).asDouble(), 1e-6);
            double loss = steps.get(i).losses()[1];
            assertEquals(loss, losses.at("/series/1/values/" + i).asDouble(), 1e-6 * loss);
        }
        assertEquals(
                16_000,
                chart(data, "Examples a second, within steps")
                        .at("/series/0/values/7")
                        .asDouble(),
                1);
        JsonNode epochs = chart(data, "Loss by epoch");
        TrainingEvent.EpochDone last = (TrainingEvent.EpochDone) events.stream()
                .filter(TrainingEvent.EpochDone.class::isInstance)
                .reduce((a, b) -> b)
                .orElseThrow();
        assertEquals("task a0, training", epochs.at("/series/0/label").asText());
        assertEquals(
                last.trainLosses().get("task a0"),
                epochs.at("/series/0/values/1").asDouble(),
                1e-6);
        assertEquals("task b1, validation", epochs.at("/series/3/label").asText());
        assertEquals(
                last.validation().get("task b1").get("loss"),
                epochs.at("/series/3/values/1").asDouble(),
                1e-6);
        assertEquals(
                List.of(
                        "training, best epoch, 1",
                        "validation, best epoch, 1",
                        "training, last epoch, 2",
                        "validation, last epoch, 2"),
                texts(data.at("/results/columns")));
        assertEquals(
                List.of(
                        "checkpoint step-50.mtl",
                        "best epoch so far",
                        "loss is NaN; the step was left out",
                        "checkpoint step-100.mtl"),
                StreamSupport.stream(data.get("marks").spliterator(), false)
                        .map(m -> m.get("text").asText())
                        .toList());
        assertEquals(1.6, data.at("/marks/2/time").asDouble(), 1e-9);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Test
    void noTextBecomesMarkup() throws IOException {
        Path page = folder.resolve("report.html");
        String evil = "</script><b onload=alert(1)>{{data}} $1 \\u2028\u2028 \"'";
        TrainingReport report = builder(page).title(evil).build();
        new Events(List.of(evil, "<!--"), 2).all().forEach(report::on);
        String text = Files.readString(page);
        assertFalse(text.contains("<b "), "markup of a task's name");
        assertEquals(List.of(evil, "<!--"), texts(data(page).get("tasks")));
        assertEquals(evil, data(page).get("title").asText());
        assertEquals(3, text.split("</script>", -1).length - 1, "scripts end once each");
    }

    @Test
    void numbersThatAreNoneAreNull() throws IOException {
        Path page = folder.resolve("report.html");
        TrainingReport report = builder(page).build();
        report.on(Events.of(2, 1).started());
        report.on(step(0, 1, Double.NaN));
        report.on(step(1, Double.POSITIVE_INFINITY, Double.NaN));
        report.on(Events.of(2, 1).finished());
        JsonNode losses = chart(data(page), "Training loss by step");
        assertEquals(1, losses.get("series").size(), "the second task had no loss");
        assertEquals("[1.0,null]", losses.at("/series/0/values").toString());
    }

    private static TrainingEvent.StepDone step(int step, double... losses) {
        return new TrainingEvent.StepDone(0, step, losses, new double[losses.length], 0.1, 1, 8, 1_000);
    }

    @Test
    void whileTrainingRunsThePageIsWrittenOnceInAWhile() throws IOException {
        Path page = folder.resolve("report.html");
        TrainingReport report = builder(page).every(Duration.ofSeconds(5)).build();
        report.on(Events.of(2, 1).started());
        assertEquals("running", data(page).get("state").asText());
        assertEquals(5, data(page).get("reloadSeconds").asInt());
        report.on(step(0, 1, 1));
        assertTrue(titles(data(page), "LOSSES").isEmpty(), "not yet");
        nanos.set(6_000_000_000L);
        report.on(step(1, 1, 1));
        assertEquals(List.of("Training loss by step"), titles(data(page), "LOSSES"));
        assertEquals(
                "0.0 of 1 epoch, 2 steps in 6.0 s, some 2 min 24 s left",
                data(page).get("status").asText());
        report.close();
        assertEquals("stopped", data(page).get("state").asText());
    }

    @Test
    void aPageThatCannotBeWrittenStopsTheTrainingOnlyAtItsBeginning() throws IOException {
        Path notAFolder = Files.createFile(folder.resolve("file"));
        TrainingReport wrong = builder(notAFolder.resolve("report.html")).build();
        String message = assertThrows(
                        UncheckedIOException.class,
                        () -> wrong.on(Events.of(2, 1).started()))
                .getMessage();
        assertTrue(message.startsWith("training report " + notAFolder.toAbsolutePath()), message);
        assertTrue(message.endsWith("give a file in a folder where the application may write"), message);
        Path page = folder.resolve("later/report.html");
        TrainingReport later = builder(page).build();
        later.on(Events.of(2, 1).started());
        Files.delete(page);
        Files.delete(page.getParent());
        Files.createFile(page.getParent());
        later.on(Events.of(2, 1).finished());
        assertTrue(Files.isRegularFile(page.getParent()));
    }

    @Test
    void manyTasksHaveACosineEachAndNotEachPair() throws IOException {
        Path page = folder.resolve("report.html");
        TrainingReport report = builder(page).build();
        Events.of(30, 2).all().forEach(report::on);
        JsonNode data = data(page);
        assertEquals(
                30,
                chart(data, "Mean cosine with the other tasks' gradients")
                        .get("series")
                        .size());
        assertEquals(
                "Training of task a0, task b1, task c2, task d3 and 26 more tasks",
                data.get("title").asText());
        assertEquals(30, data.at("/grids/0/values/29").size());
    }

    @Test
    void aSecondTrainingBeginsANewPage() throws IOException {
        Path page = folder.resolve("report.html");
        TrainingReport report = builder(page).build();
        Events.of(3, 2).all().forEach(report::on);
        report.on(Events.of(2, 1).started());
        assertEquals(2, data(page).get("tasks").size());
        assertTrue(data(page).get("facts").isEmpty());
        assertTrue(data(page).get("charts").isEmpty());
    }

    @Test
    void badValuesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> builder(folder).every(Duration.ofSeconds(-1)));
        TrainingReport report = builder(folder.resolve("report.html")).build();
        assertThrows(IllegalStateException.class, () -> report.results("test", null));
        Path rare = folder.resolve("rare.html");
        builder(rare)
                .every(ChronoUnit.FOREVER.getDuration())
                .build()
                .on(Events.of(1, 1).started());
        assertTrue(Files.exists(rare));
    }

    /** The same class on a class path without uPlot. */
    @Test
    void whereUplotIsMissingTheCureIsTold() throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("uplot"))
                .map(entry -> url(Path.of(entry)))
                .toArray(URL[]::new);
        try (URLClassLoader without = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            Method writeTo = without.loadClass(TrainingReport.class.getName()).getDeclaredMethod("writeTo", Path.class);
            Throwable thrown = assertThrows(
                            InvocationTargetException.class, () -> writeTo.invoke(null, folder.resolve("report.html")))
                    .getCause();
            assertTrue(thrown.getMessage().contains("add the dependency org.webjars.npm:uplot"), thrown.getMessage());
        }
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<Path> files(Path in) throws IOException {
        try (Stream<Path> all = Files.list(in)) {
            return all.toList();
        }
    }
}
