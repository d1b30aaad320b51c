package io.mtl4j.nn.report;

import java.util.List;
import java.util.Map;

/**
 * All that a page shows.
 *
 * @param title the page's title
 * @param state {@code running}, {@code finished} or {@code stopped}
 * @param status how far training is, in words
 * @param written when this was written, for people
 * @param reloadSeconds after how many seconds the page asks for a newer one; 0 if there will be none
 * @param tasks the names of the tasks
 * @param charts the curves
 * @param grids the tables of numbers
 * @param results what came out, with the names of its columns
 * @param marks what happened at moments
 * @param facts what is trained, how, on what
 */
record PageData(
        String title,
        String state,
        String status,
        String written,
        long reloadSeconds,
        List<String> tasks,
        List<Chart> charts,
        List<Grid> grids,
        Results results,
        List<Mark> marks,
        Map<String, Map<String, String>> facts) {

    /**
     * Something that happened at a moment.
     *
     * @param time epochs done, with fractions
     * @param kind {@code best}, {@code checkpoint} or {@code divergence}
     * @param text what happened
     */
    record Mark(double time, String kind, String text) {}

    /**
     * What came out.
     *
     * @param columns where the numbers come from, such as {@code validation, best epoch}
     * @param rows a row for each task and metric
     */
    record Results(List<String> columns, List<Row> rows) {}

    /**
     * A row of results.
     *
     * @param task the task
     * @param metric the metric
     * @param main whether it is the loss or the metric that people look at first
     * @param values by column; NaN where there is none
     */
    record Row(String task, String metric, boolean main, double[] values) {}
}
