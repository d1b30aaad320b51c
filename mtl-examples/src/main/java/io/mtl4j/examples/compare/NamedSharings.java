package io.mtl4j.examples.compare;

import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The ways of sharing that are compared, by name, each with values that suit small models of two tasks. */
final class NamedSharings {

    private static final Map<String, Function<List<String>, Sharing>> ALL = all();

    private NamedSharings() {}

    private static Map<String, Function<List<String>, Sharing>> all() {
        Map<String, Function<List<String>, Sharing>> all = new LinkedHashMap<>();
        all.put("hard", tasks -> Sharings.hard());
        all.put("mmoe", tasks -> Sharings.mmoe(4));
        all.put("cgc", tasks -> Sharings.cgc(1, 1));
        all.put("ple", tasks -> Sharings.ple(1, 1));
        all.put("dselectK", tasks -> Sharings.dselectK(4, 2));
        all.put("branching", tasks -> Sharings.branching(2));
        all.put("care", tasks -> Sharings.care());
        all.put("soft", tasks -> Sharings.soft(1e-3));
        all.put("soft-trace-norm", tasks -> Sharings.soft(1e-3).traceNorm());
        all.put("cross-stitch", tasks -> Sharings.crossStitch());
        all.put("cross-stitch-per-channel", tasks -> Sharings.crossStitch().perChannel());
        all.put("sluice", tasks -> Sharings.sluice(2));
        all.put("mtan", tasks -> Sharings.mtan());
        all.put("adapters", tasks -> Sharings.adapters(16));
        return all;
    }

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** A way of sharing that {@link #names()} has, for the tasks given. */
    static Sharing of(String name, List<String> tasks) {
        return ALL.get(name).apply(tasks);
    }
}
