package io.mtl4j.metric;

import java.util.List;

/** Measures nothing: for tasks whose outputs only their user understands. */
record NoMetrics(String task) implements TaskMetrics {

    @Override
    public void add(double[][] outputs, double[][] labels) {}

    @Override
    public List<MetricValue> values() {
        return List.of();
    }

    @Override
    public String report() {
        return "task \"" + task + "\": no metrics but its loss\n";
    }
}
