package io.mtl4j.metric;

import java.util.List;

/** Gathers a task's answers and labels, example by example, and measures how well they agree. */
public interface TaskMetrics {

    /** {@return the metrics of all that was added, the main metric of the task's kind among them} */
    List<MetricValue> values();

    /** {@return a report for people, of one or more lines} */
    String report();
}
