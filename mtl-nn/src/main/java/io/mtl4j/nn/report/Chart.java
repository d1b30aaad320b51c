package io.mtl4j.nn.report;

import java.util.List;

/**
 * Curves over the same times, as the page draws them.
 *
 * @param section the part of the page
 * @param title what is seen
 * @param loss whether it shows losses, which may be seen on a logarithmic axis
 * @param time epochs done, with fractions
 * @param series the curves
 */
record Chart(Section section, String title, boolean loss, double[] time, List<Series> series) {

    /** The task of a curve that belongs to none. */
    static final int NO_TASK = -1;

    /** The parts of the page, in order. */
    enum Section {
        LOSSES,
        METRICS,
        MORE_METRICS,
        WEIGHTS,
        GRADIENTS,
        SHARING,
        PACE
    }

    /**
     * One curve.
     *
     * @param label its name in the legend
     * @param task the number of the task that it is about, which gives it its colour
     * @param dashed whether it is drawn with a dashed line
     * @param values a number for each time; NaN where there is none
     */
    record Series(String label, int task, boolean dashed, double[] values) {}
}
