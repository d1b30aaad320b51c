package io.mtl4j.nn.spark;

import org.apache.spark.sql.SparkSession;

/** Spark in this process: two partitions at a time, each tried four times. */
final class LocalSpark {

    private LocalSpark() {}

    static SparkSession start() {
        return SparkSession.builder()
                .master("local[2,4]")
                .appName("mtl4j")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }
}
