package io.mtl4j.nn.search;

import io.mtl4j.nn.internal.TextTable;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What came out of a search.
 *
 * @param provenance what was searched: strategy, space, objective, seed, sizes of the data
 * @param results in the order in which the strategy asked for them; of a trial that went on there are several
 * @param model the model of the best result
 */
public record SearchResult(Map<String, String> provenance, List<TrialResult> results, MultiTaskModel model) {

    /** Copies map and list. */
    public SearchResult {
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        results = List.copyOf(results);
    }

    /** The best of some results: of equal ones, the first; empty if all failed. */
    static Optional<TrialResult> best(List<TrialResult> results) {
        return results.stream().filter(result -> !result.failed()).min(Comparator.comparingDouble(TrialResult::cost));
    }

    /** {@return the best result, whatever its budget} */
    public TrialResult best() {
        return best(results).orElseThrow(() -> new IllegalStateException("all trials failed; there is no best one"));
    }

    /** {@return the last result of each trial, the best first, failed ones last} */
    public List<TrialResult> ranking() {
        Map<Integer, TrialResult> last = new LinkedHashMap<>();
        results.forEach(result -> last.put(result.trial(), result));
        return last.values().stream()
                .sorted(Comparator.comparingDouble(TrialResult::cost).thenComparingInt(TrialResult::trial))
                .toList();
    }

    /** {@return the epochs that all trials together were trained; those of a failed one are counted as if it had gone on} */
    public long epochs() {
        return ranking().stream().mapToLong(TrialResult::budget).sum();
    }

    /**
     * {@return a table for people: a line for each trial, the best first}
     *
     * @param most the most lines to show
     */
    public String table(int most) {
        TextTable table = new TextTable(List.of("trial", "epochs", "objective", "configuration"));
        for (TrialResult result : ranking().stream().limit(most).toList()) {
            List<String> cells = new ArrayList<>(List.of("" + result.trial(), "" + result.budget()));
            cells.add(result.failed() ? "failed" : String.format(Locale.ROOT, "%.5g", result.value()));
            cells.add(result.configuration() + (result.failed() ? ": " + result.failure() : ""));
            table.add(cells);
        }
        return table.toString();
    }
}
