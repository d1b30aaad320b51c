package io.mtl4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.model.Predictor;
import io.mtl4j.nn.model.TwoTasks;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real trainings, seen from outside. */
class ReportedTrainingTest {

    @TempDir
    private Path folder;

    private static MultiTaskModel model(Sharing sharing) {
        return TwoTasks.model(3)
                .encoder(Encoders.mlp().batchNorm().dense(6).dropout(0.2).dense(4))
                .sharing(sharing)
                .build();
    }

    private static TrainerBuilder trainer(MultiTaskModel model) {
        return Trainer.builder(model).epochs(2).batchSize(8).seed(5);
    }

    @Test
    void theGuideOfThePackageWorks() throws Exception {
        MultiTaskModel model = model(Sharings.mmoe(2));
        MultiTaskData train = TwoTasks.data(1);
        MultiTaskData validation = TwoTasks.data(2);
        MultiTaskData test = TwoTasks.data(3);
        MeterRegistry registry = new SimpleMeterRegistry();

        TrainingReport report = TrainingReport.writeTo(folder.resolve("report.html"));
        Trainer.builder(model)
                .gradientDiagnosticsEvery(10)
                .listener(report)
                .listener(TensorBoardWriter.in(folder.resolve("tensorboard")))
                .listener(MicrometerListener.of(registry, "shop"))
                .epochs(3)
                .build()
                .fit(train, validation);
        report.results("test", Evaluator.evaluate(model, test));

        Predictor metered = Metered.of(model, registry, "shop");
        Prediction answer = metered.predict(0.5f, 1, 0, -1);

        assertEquals(
                model.predict(0.5f, 1, 0, -1).task("a").value(),
                answer.task("a").value());
        assertEquals(3, registry.get("mtl4j.training.epoch").gauge().value());
        try (Stream<Path> files = Files.list(folder.resolve("tensorboard"))) {
            assertEquals(1, files.count());
        }
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("\"test\"]"), "results on test data");
        assertTrue(page.contains("What a takes"), "gates of the mixture of experts");
        assertTrue(page.contains("Norms of the tasks' gradients"), "gradients");
    }

    @Test
    void whoWatchesChangesNothing() {
        MultiTaskModel alone = model(Sharings.mmoe(2));
        trainer(alone).build().fit(TwoTasks.data(1), TwoTasks.data(2));
        MultiTaskModel watched = model(Sharings.mmoe(2));
        trainer(watched)
                .listener(TrainingReport.writeTo(folder.resolve("report.html")))
                .build()
                .fit(TwoTasks.data(1), TwoTasks.data(2));
        assertEquals(
                alone.network().store().flat().toString(),
                watched.network().store().flat().toString());
        assertEquals(
                0.0,
                alone.network()
                        .store()
                        .flat()
                        .sub(watched.network().store().flat())
                        .normmaxNumber()
                        .doubleValue());
    }

    /** Keeps what it hears, and may want details. */
    private record Keeping(List<TrainingEvent> events, boolean wantsDetails) implements TrainingListener {
        @Override
        public void on(TrainingEvent event) {
            events.add(event);
        }
    }

    private static List<TrainingEvent> events(Sharing sharing, boolean details, long dataSeed) {
        Keeping keeping = new Keeping(new ArrayList<>(), details);
        trainer(model(sharing)).listener(keeping).build().fit(TwoTasks.data(dataSeed));
        return keeping.events();
    }

    @Test
    void detailsAreToldOnlyToThoseWhoWantThem() {
        assertTrue(events(Sharings.mmoe(2), false, 1).stream()
                .noneMatch(e -> e instanceof TrainingEvent.Described || e instanceof TrainingEvent.SharingSeen));
        List<TrainingEvent> hard = events(Sharings.hard(), true, 1);
        assertTrue(hard.get(0) instanceof TrainingEvent.Described, () -> "" + hard.get(0));
        assertTrue(hard.stream().noneMatch(TrainingEvent.SharingSeen.class::isInstance), "nothing to choose");
        List<TrainingEvent.SharingSeen> seen = events(Sharings.mmoe(2), true, 1).stream()
                .filter(TrainingEvent.SharingSeen.class::isInstance)
                .map(TrainingEvent.SharingSeen.class::cast)
                .toList();
        assertEquals(
                List.of(0, 1),
                seen.stream().map(TrainingEvent.SharingSeen::epoch).toList());
        seen.get(1)
                .weights()
                .forEach((reader, weights) -> assertEquals(
                        1, weights.values().stream().mapToDouble(w -> w).sum(), 1e-5, reader));
    }

    @Test
    void theDescriptionTellsTrainingsApart() {
        TrainingEvent.Described one =
                (TrainingEvent.Described) events(Sharings.hard(), true, 1).get(0);
        TrainingEvent.Described same =
                (TrainingEvent.Described) events(Sharings.hard(), true, 1).get(0);
        TrainingEvent.Described other =
                (TrainingEvent.Described) events(Sharings.hard(), true, 2).get(0);
        assertEquals(
                List.of("Training", "Model", "Data", "Software", "Machine"),
                List.copyOf(one.facts().keySet()));
        assertEquals(one.facts(), same.facts());
        assertEquals(one.facts().get("Training"), other.facts().get("Training"));
        String data = one.facts().get("Data").get("training, input");
        assertTrue(data.matches("24 examples with labels of a, b; fingerprint [0-9a-f]{16}"), data);
        assertNotEquals(data, other.facts().get("Data").get("training, input"));
        assertEquals("5", one.facts().get("Training").get("seed"));
        assertEquals("3", one.facts().get("Model").get("seed"));
        assertTrue(one.facts().get("Training").get("optimizer").startsWith("Adam(learningRate=0.001"));
        assertEquals("1.0.0-M2.1", one.facts().get("Software").get("ND4J"));
        one.facts()
                .values()
                .forEach(facts -> facts.forEach((name, text) -> assertFalse(
                        text.contains("@") || text.contains("$") || text.contains("null"), () -> name + ": " + text)));
    }
}
