package io.mtl4j.examples.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One line of JSON, entry by entry. */
final class JsonLine {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, Object> entries = new LinkedHashMap<>();

    JsonLine put(String key, Object value) {
        entries.put(key, value);
        return this;
    }

    /** Adds a number with a few decimal places. */
    JsonLine put(String key, double value, int places) {
        return put(key, rounded(value, places));
    }

    static double rounded(double value, int places) {
        double scale = Math.pow(10, places);
        return Math.round(value * scale) / scale;
    }

    /**
     * Adds what the environment says of the threads of OpenMP: their number, and what they do when idle.
     *
     * @param engine what does the arithmetic
     */
    JsonLine putSetup(String engine) {
        String threads = System.getenv("OMP_NUM_THREADS");
        put(
                "threads",
                threads == null ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(threads.strip()));
        String policy = System.getenv("OMP_WAIT_POLICY");
        String spinning = System.getenv("GOMP_SPINCOUNT") == null ? "plain" : "spin";
        return put("setup", engine + " " + (policy == null ? spinning : policy.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        try {
            return MAPPER.writeValueAsString(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + entries + " as JSON", e);
        }
    }
}
