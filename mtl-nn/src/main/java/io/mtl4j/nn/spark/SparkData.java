package io.mtl4j.nn.spark;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Brings data into the form that {@link SparkTrainer} reads. */
public final class SparkData {

    private static final int ROWS = 256;

    private SparkData() {}

    /**
     * {@return data of the driver, spread over partitions of one size} The examples are sent from the driver's memory: for data
     * that fit there. What a source augments is augmented once.
     *
     * @param context Spark
     * @param data the data
     * @param partitions how many, at least 1
     */
    public static JavaRDD<MultiTaskBatch> parallelize(JavaSparkContext context, MultiTaskData data, int partitions) {
        Require.atLeast("partitions", partitions, 1);
        List<Broadcast<Map<String, SentSource>>> parts = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            Map<String, SentSource> sources = new TreeMap<>();
            for (DataSource source : data.sources()) {
                int from = (int) ((long) source.size() * p / partitions);
                int to = (int) ((long) source.size() * (p + 1) / partitions);
                if (to > from) {
                    int[] numbers = IntStream.range(from, to).toArray();
                    SourceBatch batch = source.batch(numbers, new Seed(p).generator());
                    sources.put(source.input(), SentSource.of(batch));
                }
            }
            if (!sources.isEmpty()) {
                parts.add(context.broadcast(sources));
            }
        }
        // What Spark itself makes of a list goes along with each task of each step; a broadcast goes once.
        return context.parallelize(parts, partitions).map(part -> batch(part.value()));
    }

    private static MultiTaskBatch batch(Map<String, SentSource> sources) {
        return new MultiTaskBatch(sources.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().batch())));
    }

    /**
     * {@return the rows of a table as batches}
     *
     * @param rows the rows
     * @param columns tells which columns are features and which are labels
     */
    public static JavaRDD<MultiTaskBatch> batches(Dataset<Row> rows, RowColumns columns) {
        return rows.javaRDD().mapPartitions(part -> new Grouped<>(part, ROWS, columns::labelled));
    }
}
