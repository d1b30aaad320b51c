package io.mtl4j.nn.report;

import java.util.List;

/**
 * A table of numbers whose cells are the darker the greater their number.
 *
 * @param section the part of the page
 * @param title what is seen
 * @param note how to read it
 * @param rows names of the rows
 * @param columns names of the columns
 * @param values by row and column; NaN where there is none
 * @param low the number without colour
 * @param high the number of the darkest cell
 */
record Grid(
        Chart.Section section,
        String title,
        String note,
        List<String> rows,
        List<String> columns,
        double[][] values,
        double low,
        double high) {}
