package io.mtl4j.nn.search;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.internal.Parallel;
import io.mtl4j.nn.persist.KnownTypes;
import io.mtl4j.search.SearchSpace;
import io.mtl4j.search.SearchStrategy;
import io.mtl4j.search.TrialRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Looks for good settings: of the architecture, the weighting, learning rates, whatever a {@link TrialRecipe} makes of a
 * configuration.
 *
 * <pre>{@code
 * SearchResult result = HyperparameterSearch.over(space)
 *         .by(new Hyperband(27))
 *         .objective(Objective.metric("click", "auc"))
 *         .folder(Path.of("search"))
 *         .threads(2)
 *         .seed(7)
 *         .run(train, validation, recipe);
 * System.out.println(result.table(10));
 * }</pre>
 *
 * <p>A trial that gets more epochs goes on where it stopped, bit for bit as if it had never been measured in between: it is
 * trained with {@code fit(train, validation)}, a learning-rate curve spans the full budget, and it is judged with the parameters
 * of its best epoch so far. The best result has been chosen by the validation data, so that it looks better there than it
 * is: test {@link SearchResult#model()} on data of its own.
 *
 * <p>In the folder, {@code journal.jsonl} has a line for each result, and each trial has its checkpoints; those of trials that
 * ended and are not the best are removed. A search that was killed goes on from there when it is asked for again, and ends with
 * the same result. Without a folder, a temporary one is used and removed.
 *
 * <p>Trials that fail, such as by a loss that becomes infinite, are written down with the reason, and the search goes on. With
 * several threads set {@code OMP_NUM_THREADS=1}, for ND4J has threads of its own; results do not depend on the number of threads.
 */
public final class HyperparameterSearch {

    private final SearchSpace space;
    private SearchStrategy strategy;
    private Objective objective;
    private Optional<Path> folder = Optional.empty();
    private KnownTypes types = KnownTypes.standard();
    private int threads = 1;
    private long seed;
    private Consumer<TrialResult> listener = result -> {};

    private HyperparameterSearch(SearchSpace space) {
        this.space = Objects.requireNonNull(space, "space");
    }

    /**
     * {@return a search with one thread, seed 0, and no folder; strategy and objective are yet to be set}
     *
     * @param space what may be chosen
     */
    public static HyperparameterSearch over(SearchSpace space) {
        return new HyperparameterSearch(space);
    }

    /**
     * Sets what is tried next.
     *
     * @param value such as {@code new Hyperband(27)}
     * @return this
     */
    public HyperparameterSearch by(SearchStrategy value) {
        this.strategy = Objects.requireNonNull(value, "strategy");
        return this;
    }

    /**
     * Sets by what trials are judged.
     *
     * @param value such as {@code Objective.metric("click", "auc")}
     * @return this
     */
    public HyperparameterSearch objective(Objective value) {
        this.objective = Objects.requireNonNull(value, "objective");
        return this;
    }

    /**
     * Sets where the search is written down.
     *
     * @param value made if it is not there; it may hold the same search, which then goes on
     * @return this
     */
    public HyperparameterSearch folder(Path value) {
        this.folder = Optional.of(value);
        return this;
    }

    /**
     * Sets the types that model files may hold, for models with parts of your own.
     *
     * @param value the types
     * @return this
     */
    public HyperparameterSearch types(KnownTypes value) {
        this.types = Objects.requireNonNull(value, "types");
        return this;
    }

    /**
     * Sets how many trials run at the same time.
     *
     * @param value at least 1
     * @return this
     */
    public HyperparameterSearch threads(int value) {
        this.threads = Require.atLeast("threads", value, 1);
        return this;
    }

    /**
     * Sets the seed of the configurations and of the trials' trainings.
     *
     * @param value the seed
     * @return this
     */
    public HyperparameterSearch seed(long value) {
        this.seed = value;
        return this;
    }

    /**
     * Sets who is told of each result as it comes, one at a time, in any order if there are several threads.
     *
     * @param value the listener
     * @return this
     */
    public HyperparameterSearch listener(Consumer<TrialResult> value) {
        this.listener = Objects.requireNonNull(value, "listener");
        return this;
    }

    /**
     * Searches.
     *
     * @param train the data to train on
     * @param validation the data by which trials are judged
     * @param recipe what a configuration means
     * @return what came out
     * @throws IllegalStateException if strategy or objective are not set, all trials failed, or another search is at work in
     *     the folder
     * @throws IllegalArgumentException if the folder has another search
     * @throws UncheckedIOException if a file cannot be read or written
     */
    public SearchResult run(MultiTaskData train, MultiTaskData validation, TrialRecipe recipe) {
        if (strategy == null || objective == null) {
            throw new IllegalStateException("a search without " + (strategy == null ? "strategy" : "objective")
                    + "; set it, such as by(new Hyperband(27)) and objective(Objective.metric(\"click\", \"auc\"))");
        }
        Path where = open();
        try {
            TrialFolders folders = new TrialFolders(where, types);
            TrialTraining training =
                    new TrialTraining(recipe, train, validation, objective, strategy.fullBudget(), folders, seed);
            Map<String, String> provenance = provenance(train, validation);
            try (Journal journal = new Journal(where.resolve("journal.jsonl"), provenance)) {
                List<TrialResult> results = results(journal, training, folders);
                return new SearchResult(provenance, results, folders.load(bestOf(results)));
            }
        } finally {
            if (folder.isEmpty()) {
                TrialFolders.remove(where);
            }
        }
    }

    private Path open() {
        try {
            return folder.isPresent()
                    ? Files.createDirectories(folder.get())
                    : Files.createTempDirectory("mtl4j-search");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "folder of the search " + folder.map(Path::toString).orElse("(temporary)") + " cannot be made ("
                            + e.getMessage() + "); give one where the application may write",
                    e);
        }
    }

    private Map<String, String> provenance(MultiTaskData train, MultiTaskData validation) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("format", "mtl4j-search 1");
        all.put("strategy", strategy.description());
        all.put("space", space.parameters().toString());
        all.put("objective", objective.name());
        all.put("seed", Long.toString(seed));
        all.put("train", sizes(train));
        all.put("validation", sizes(validation));
        return all;
    }

    private static String sizes(MultiTaskData data) {
        return String.join(
                ", ",
                data.sources().stream()
                        .map(source -> source.input() + " " + source.size() + " " + new TreeSet<>(source.tasks()))
                        .toList());
    }

    private List<TrialResult> results(Journal journal, TrialTraining training, TrialFolders folders) {
        SearchStrategy.Course course = strategy.start(space, seed);
        List<TrialResult> all = new ArrayList<>();
        List<TrialRun> runs = course.next(List.of());
        while (!runs.isEmpty()) {
            // What is known already may be followed by more that is known, and whose folders are needed.
            boolean known = runs.stream().allMatch(run -> journal.find(run).isPresent());
            List<TrialResult> some = Parallel.map(threads, runs, run -> result(run, journal, training));
            all.addAll(some);
            runs = course.next(some.stream().map(TrialResult::outcome).toList());
            if (!known || runs.isEmpty()) {
                Set<Integer> kept =
                        new TreeSet<>(runs.stream().map(TrialRun::trial).toList());
                SearchResult.best(all).ifPresent(best -> kept.add(best.trial()));
                folders.keepOnly(kept);
            }
        }
        return all;
    }

    private TrialResult result(TrialRun run, Journal journal, TrialTraining training) {
        return journal.find(run).orElseGet(() -> {
            TrialResult result = training.run(run);
            journal.add(result);
            synchronized (journal) {
                listener.accept(result);
            }
            return result;
        });
    }

    private static TrialResult bestOf(List<TrialResult> results) {
        return SearchResult.best(results).orElseThrow(() -> {
            TrialResult first = results.get(0);
            return new IllegalStateException("all " + results.size() + " trials failed; the first, "
                    + first.configuration() + ": " + first.failure());
        });
    }
}
