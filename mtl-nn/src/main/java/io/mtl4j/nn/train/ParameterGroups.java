package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.ParameterLayout;
import io.mtl4j.step.Jacobian.ColumnRange;
import io.mtl4j.step.Jacobian.Granularity;
import java.util.ArrayList;
import java.util.List;

/** The columns of the shared parameters' gradients by layer or array. */
final class ParameterGroups {

    private ParameterGroups() {}

    static List<ColumnRange> of(ParameterLayout layout, Granularity granularity) {
        List<ColumnRange> groups = new ArrayList<>();
        for (Parameter p : layout.ordered()) {
            if (p.shared()) {
                long from = layout.offset(p);
                append(groups, new ColumnRange(name(p, granularity), from, from + p.length()));
            }
        }
        return List.copyOf(groups);
    }

    private static void append(List<ColumnRange> groups, ColumnRange next) {
        ColumnRange last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
        if (last != null && last.name().equals(next.name())) {
            groups.set(groups.size() - 1, new ColumnRange(last.name(), last.from(), next.to()));
        } else {
            groups.add(next);
        }
    }

    private static String name(Parameter parameter, Granularity granularity) {
        return switch (granularity) {
            case WHOLE -> "shared";
            case LAYER -> parameter.name().substring(0, parameter.name().lastIndexOf('.'));
            case MATRIX -> parameter.name();
        };
    }
}
