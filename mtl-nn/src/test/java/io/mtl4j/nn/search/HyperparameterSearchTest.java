package io.mtl4j.nn.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.search.Configuration;
import io.mtl4j.search.Hyperband;
import io.mtl4j.search.RandomSearch;
import io.mtl4j.search.SearchStrategy;
import io.mtl4j.search.SuccessiveHalving;
import io.mtl4j.search.Tpe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HyperparameterSearchTest {

    @TempDir
    private Path folder;

    /** What kills a search at some moment: nothing that the search may take for a failure of the trial. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    static List<SearchStrategy> strategies() {
        return List.of(
                new RandomSearch(4, 2),
                new Hyperband(4, 2),
                new Tpe(6, 2).startup(3).atOnce(2));
    }

    /** All of a result but the time it took. */
    private static List<Object> facts(SearchResult result) {
        List<Object> facts = new ArrayList<>();
        for (TrialResult r : result.results()) {
            facts.add(List.of(
                    r.trial(),
                    r.configuration(),
                    r.budget(),
                    r.value(),
                    r.direction(),
                    new TreeMap<>(r.metrics()),
                    r.failure()));
        }
        facts.add(result.best().trial());
        facts.add(SmallSearch.numbers(result.model()));
        return facts;
    }

    private static SearchResult unbroken(SearchStrategy strategy) {
        return SmallSearch.of(strategy).run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void resultsDoNotDependOnTheNumberOfThreads(SearchStrategy strategy) {
        SearchResult three = SmallSearch.of(strategy)
                .threads(3)
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer);
        assertEquals(facts(unbroken(strategy)), facts(three));
    }

    /** Killed within an epoch, again and again, each time later, with half a line in the journal. */
    @ParameterizedTest
    @MethodSource("strategies")
    void aKilledSearchGoesOnAndEndsWithTheSameResult(SearchStrategy strategy) throws IOException {
        Path journal = folder.resolve("journal.jsonl");
        SearchResult found = null;
        int kills = 0;
        for (int stepsToLive = 5; found == null; stepsToLive += 4) {
            AtomicInteger left = new AtomicInteger(stepsToLive);
            try {
                found = SmallSearch.of(strategy)
                        .folder(folder)
                        .run(
                                SmallSearch.TRAIN,
                                SmallSearch.VALIDATION,
                                (c, seed) -> SmallSearch.trainer(c, seed).listener(event -> {
                                    if (event instanceof TrainingEvent.StepDone && left.decrementAndGet() < 0) {
                                        throw new Killed();
                                    }
                                }));
            } catch (Killed e) {
                kills++;
                Files.writeString(journal, "{\"trial\":3,\"bud", StandardOpenOption.APPEND);
            }
        }
        assertTrue(kills >= 3, "killed " + kills + " times");
        assertEquals(facts(unbroken(strategy)), facts(found));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "the journal and the best trial are left");
        }
    }

    @Test
    void aFinishedSearchIsReadNotDoneAgain() {
        SearchResult first = SmallSearch.of(new Hyperband(4, 2))
                .folder(folder)
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer);
        List<TrialResult> told = new ArrayList<>();
        SearchResult again = SmallSearch.of(new Hyperband(4, 2))
                .folder(folder)
                .listener(told::add)
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, (c, seed) -> {
                    throw new AssertionError("nothing is to be trained");
                });
        assertEquals(facts(first), facts(again));
        assertEquals(List.of(), told);
    }

    /** A trial that is measured at 1, 2 and 4 epochs is the training of 4 epochs that was never interrupted. */
    @Test
    void aTrialThatGoesOnIsBitForBitOneTraining() {
        SearchResult halved = SmallSearch.of(new SuccessiveHalving(4, 1, 4, 2))
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::cosine);
        TrialResult last = halved.results().get(halved.results().size() - 1);
        assertEquals(4, last.budget());
        SearchResult whole = SmallSearch.of(new RandomSearch(4, 4))
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::cosine);
        TrialResult same = whole.results().get(last.trial());
        assertEquals(same.configuration(), last.configuration());
        assertEquals(same.value(), last.value());
        assertEquals(new TreeMap<>(same.metrics()), new TreeMap<>(last.metrics()));
    }

    /** The cosine ends with the full budget, so a trainer of fewer epochs would be another. */
    @Test
    void epochsOfALaterRungAreNotTrainedBefore() {
        AtomicInteger steps = new AtomicInteger();
        SmallSearch.of(new SuccessiveHalving(4, 1, 4, 2))
                .run(
                        SmallSearch.TRAIN,
                        SmallSearch.VALIDATION,
                        (c, seed) -> SmallSearch.cosine(c, seed).listener(event -> {
                            if (event instanceof TrainingEvent.StepDone) {
                                steps.incrementAndGet();
                            }
                        }));
        assertEquals((4 + 2 + 2) * SmallSearch.STEPS_PER_EPOCH, steps.get());
    }

    @Test
    void failuresAreWrittenDownAndTheBestOfTheOthersIsFound() {
        TrialRecipe diverging = (c, seed) -> {
            if (c.integer("units") > 9) {
                throw new IllegalArgumentException("no memory for that");
            }
            TrainerBuilder trainer = SmallSearch.trainer(c, seed);
            if (c.real("lr") > 0.005) {
                trainer.listener(event -> {
                    throw new ArithmeticException("loss is infinite");
                });
            }
            return trainer;
        };
        SearchResult result = SmallSearch.of(new RandomSearch(12, 1))
                .folder(folder)
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, diverging);
        for (TrialResult r : result.results()) {
            Configuration c = r.configuration();
            String reason =
                    c.integer("units") > 9 ? "no memory for that" : c.real("lr") > 0.005 ? "loss is infinite" : "";
            assertEquals(reason, r.failure());
        }
        assertTrue(result.results().stream().anyMatch(r -> r.failure().equals("no memory for that")));
        assertTrue(result.results().stream().anyMatch(r -> r.failure().equals("loss is infinite")));
        assertFalse(result.best().failed());
        assertTrue(result.table(20).contains("failed"), result.table(20));
        SearchResult again = SmallSearch.of(new RandomSearch(12, 1))
                .folder(folder)
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, diverging);
        assertEquals(facts(result), facts(again));
    }

    @Test
    void aSearchWhoseTrialsAllFailSaysSo() {
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> SmallSearch.of(new RandomSearch(3, 1))
                                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, (c, seed) -> {
                                    throw new IllegalArgumentException("no such layer");
                                }))
                .getMessage();
        assertTrue(message.startsWith("all 3 trials failed; the first, lr="), message);
        assertTrue(message.endsWith("no such layer"), message);
    }

    @Test
    void theModelIsThatOfTheBestResult() {
        SearchResult result = unbroken(new Hyperband(4, 2));
        Evaluation evaluation = Evaluator.evaluate(result.model(), SmallSearch.VALIDATION);
        assertEquals(result.best().value(), evaluation.task("b").metric("loss"));
        double least =
                result.results().stream().mapToDouble(TrialResult::value).min().orElseThrow();
        assertEquals(least, result.best().value());
        assertEquals(result.ranking().get(0).trial(), result.best().trial());
    }

    @Test
    void anotherSearchIsRefused() {
        SmallSearch.of(new RandomSearch(2, 1))
                .folder(folder)
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer);
        for (HyperparameterSearch other : List.of(
                SmallSearch.of(new RandomSearch(3, 1)),
                SmallSearch.of(new RandomSearch(2, 1)).seed(9),
                SmallSearch.of(new RandomSearch(2, 1)).objective(Objective.metric("a", "loss")))) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> other.folder(folder)
                                    .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer))
                    .getMessage();
            assertTrue(message.contains("is of the search"), message);
        }
    }

    @Test
    void aFolderIsOfOneSearchAtATime() {
        HyperparameterSearch search = SmallSearch.of(new RandomSearch(1, 1)).folder(folder);
        List<String> messages = new ArrayList<>();
        search.run(SmallSearch.TRAIN, SmallSearch.VALIDATION, (c, seed) -> {
            messages.add(assertThrows(
                            IllegalStateException.class,
                            () -> search.run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer))
                    .getMessage());
            return SmallSearch.trainer(c, seed);
        });
        assertEquals(1, messages.size());
        assertTrue(messages.get(0).contains("is written to by another search now"), messages.get(0));
    }

    @Test
    void aDamagedLineIsNamed() throws IOException {
        SmallSearch.of(new RandomSearch(2, 1))
                .folder(folder)
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer);
        Files.writeString(folder.resolve("journal.jsonl"), "{nonsense}\n", StandardOpenOption.APPEND);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> SmallSearch.of(new RandomSearch(2, 1))
                                .folder(folder)
                                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer))
                .getMessage();
        assertTrue(message.contains("line 4 cannot be read"), message);
    }

    @Test
    void aSearchNeedsStrategyAndObjective() {
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> HyperparameterSearch.over(SmallSearch.SPACE)
                                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, SmallSearch::trainer))
                .getMessage();
        assertTrue(message.contains("without strategy"), message);
    }

    /** The example of package-info. */
    @Test
    void theGuideWorks() {
        TrialRecipe recipe = (configuration, seed) -> {
            MultiTaskModel model = SmallSearch.model(configuration.integer("units"), seed);
            return Trainer.builder(model).learningRate(LearningRate.constant());
        };
        SearchResult result = SmallSearch.of(new Hyperband(3))
                .objective(Objective.metric("b", "accuracy"))
                .run(SmallSearch.TRAIN, SmallSearch.VALIDATION, recipe);
        double most =
                result.results().stream().mapToDouble(TrialResult::value).max().orElseThrow();
        assertEquals(most, result.best().value());
        assertTrue(result.table(2).lines().count() == 3, result.table(2));
        assertEquals(new Hyperband(3).epochs(), result.epochs());
    }
}
