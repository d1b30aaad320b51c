package io.mtl4j.data;

/** Checks and counts of the sources of a sampling. */
final class Sources {

    private Sources() {}

    static void check(int[] sizes, int[] batchSizes) {
        if (sizes.length == 0 || sizes.length != batchSizes.length) {
            throw new IllegalArgumentException(sizes.length + " sources and " + batchSizes.length
                    + " batch sizes; give at least one source, and one batch size for each");
        }
        for (int s = 0; s < sizes.length; s++) {
            if (sizes[s] < 1) {
                throw new IllegalArgumentException(
                        "source " + s + " has " + sizes[s] + " examples; a source needs at least 1");
            }
            if (batchSizes[s] < 1) {
                throw new IllegalArgumentException(
                        "batch size of source " + s + " is " + batchSizes[s] + "; it must be at least 1");
            }
        }
    }

    /** {@return the number of batches of a source, the last partial one included} */
    static int batches(int size, int batchSize) {
        return (size - 1) / batchSize + 1;
    }

    /** {@return the number of batches of all sources together} */
    static int totalBatches(int[] sizes, int[] batchSizes) {
        long total = 0;
        for (int s = 0; s < sizes.length; s++) {
            total += batches(sizes[s], batchSizes[s]);
        }
        return Math.toIntExact(total);
    }

    /** {@return a step in which only one source has a batch} */
    static int[][] alone(int sources, int source, int[] batch) {
        int[][] step = new int[sources][0];
        step[source] = batch;
        return step;
    }
}
