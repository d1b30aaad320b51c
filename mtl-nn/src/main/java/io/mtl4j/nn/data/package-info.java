/**
 * Data for multi-task models: each input has a {@link io.mtl4j.nn.data.DataSource} of its own, and a training step reads a
 * {@link io.mtl4j.nn.data.MultiTaskBatch} with a batch from each input that takes part.
 *
 * <p>Sources in memory: {@link io.mtl4j.nn.data.ArraySource} for tables and arrays, {@link
 * io.mtl4j.nn.data.SequenceSource} for texts and other sequences of different lengths, {@link
 * io.mtl4j.nn.data.GraphSource} for nodes with edges, and {@code ImageSource} of package {@code image} for pictures. Each takes {@link io.mtl4j.nn.data.Labels} by task; tasks may lack labels for some examples.
 * Readers of files are in the packages {@code image}, {@code table} and {@code text}; whatever is wrong with a file is a
 * {@link io.mtl4j.nn.data.DataFileException} that names the file, the place and the cure.
 *
 * <p>For data that do not fit into memory, implement {@link io.mtl4j.nn.data.DataSource}; {@link
 * io.mtl4j.nn.data.TaskLabels} keeps the labels:
 *
 * <pre>{@code
 * record Noise(int size, TaskLabels labels) implements DataSource {
 *     public String input() {
 *         return "noise";
 *     }
 *
 *     public Set<String> tasks() {
 *         return labels.tasks();
 *     }
 *
 *     public SourceBatch batch(int[] indices, RandomGenerator random) {
 *         float[][] rows = new float[indices.length][8];
 *         for (float[] row : rows) {
 *             for (int i = 0; i < row.length; i++) {
 *                 row[i] = random.nextFloat();
 *             }
 *         }
 *         return labels.batch(Nd4j.createFromArray(rows), null, indices);
 *     }
 * }
 * }</pre>
 */
package io.mtl4j.nn.data;
