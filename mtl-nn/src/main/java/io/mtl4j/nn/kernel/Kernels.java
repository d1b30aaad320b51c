package io.mtl4j.nn.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The prepared operations of each thread, by what they compute. The ones used least recently are forgotten, so that
 * batches of ever new shapes take no more and more memory.
 */
final class Kernels {

    private static final int LIMIT = 256;

    private static final ThreadLocal<Map<Object, Object>> PREPARED = ThreadLocal.withInitial(Recent::new);

    private Kernels() {}

    /**
     * {@return this thread's operation for a key}
     *
     * @param key a record that says what is computed and with which shapes
     * @param prepare makes the operation
     * @param <K> type of the key
     * @param <T> type of the operation, one for each type of key
     */
    @SuppressWarnings("unchecked") // a key's type goes with one type of operation
    static <K extends Record, T> T get(K key, Function<K, T> prepare) {
        Map<Object, Object> prepared = PREPARED.get();
        Object found = prepared.get(key);
        if (found == null) {
            found = prepare.apply(key);
            prepared.put(key, found);
        }
        return (T) found;
    }

    private static final class Recent extends LinkedHashMap<Object, Object> {
        private static final long serialVersionUID = 1;

        Recent() {
            super(LIMIT, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
            return size() > LIMIT;
        }
    }
}
