/**
 * Which examples are used when: splits of a data set ({@link io.mtl4j.data.Splits}) and the order of batches over one
 * or several data sets ({@link io.mtl4j.data.Sampling}). Indices only: this package never sees an example.
 *
 * <p>A model whose tasks share their examples has one source. A model whose tasks have data sets of their own, such as
 * digits for one task and photographs for another, has one source for each data set; the sampling decides how batches
 * of the sources share an epoch:
 *
 * <pre>{@code
 * int[] sizes = {60_000, 50_000};
 * int[] batchSizes = {128, 128};
 * for (int[][] step : Samplings.longest().epoch(sizes, batchSizes, 7, 0)) {
 *     int[] digits = step[0];
 *     int[] photographs = step[1];
 * }
 * }</pre>
 */
package io.mtl4j.data;
