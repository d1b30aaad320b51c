/**
 * TRAINING ON APACHE SPARK, 3.5 or 4, which the cluster brings along: nothing here is needed elsewhere.
 *
 * <p>{@link io.mtl4j.nn.spark.SparkTrainer} trains any model on an RDD of {@link io.mtl4j.nn.data.MultiTaskBatch}; {@link
 * io.mtl4j.nn.spark.SparkPredictor} adds a model's answers to a Dataset.
 *
 * <p>How it works: the driver runs the one training loop there is, on references to examples instead of examples ({@code
 * References}). For each step, or each round of steps, it asks all partitions at once ({@code Cluster}); on each there is a
 * {@code Worker}, with a model of its own and its examples ({@code Shard}), which answers with gradients ({@code PartialGradients})
 * or with where its own steps led ({@code RoundAnswer}). An answer depends on nothing but the partition's data and the question, so
 * Spark may ask again elsewhere when a machine is lost.
 *
 * <p>JVMs of executors and of the driver need {@code --add-opens=java.base/sun.nio.ch=ALL-UNNAMED} on Java 17, as all of Spark
 * does; {@code OMP_NUM_THREADS=1} keeps executors that share a machine from hindering each other.
 */
package io.mtl4j.nn.spark;
