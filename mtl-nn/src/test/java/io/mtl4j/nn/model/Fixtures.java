package io.mtl4j.nn.model;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small models and data for tests: two inputs of different width, three tasks, labels missing here and there. */
public final class Fixtures {

    private Fixtures() {}

    /** A chain of layers as an encoder. */
    public record LayersEncoder(List<LayerSpec> layers) implements Encoder {
        @Override
        public String kind() {
            return "layers";
        }

        @Override
        public Layer bind(Shape input, Binder binder) {
            return new Chain(layers).bind(input, binder);
        }
    }

    /** A dense layer with a smooth activation. */
    public static Dense dense(int units) {
        return new Dense(units, Activation.TANH, Initializer.GLOROT_UNIFORM);
    }

    /** Inputs "a" (4 features, tasks one and two) and "b" (3 features through a stem, task three). */
    public static MultiTaskModel model(DataType type, LayerSpec... encoder) {
        return MultiTaskModel.builder()
                .input("a", Shape.vector(4))
                .input("b", Shape.vector(3), dense(4))
                .encoder(new LayersEncoder(List.of(encoder)))
                .task(Tasks.classification("one", 3).input("a"))
                .task(Tasks.classification("two", 2).input("a").hidden(3))
                .task(Tasks.classification("three", 4).input("b"))
                .seed(5)
                .dataType(type)
                .build();
    }

    /** Data of input "a": task "one" has a label for two of three examples, task "two" for all. */
    public static Rows a(int size, DataType type) {
        Rows rows = Rows.random("a", size, 4, Map.of("one", 3, "two", 2), type);
        for (int i = 0; i < size; i += 3) {
            rows.labels.get("one").putScalar(i, Double.NaN);
        }
        return rows;
    }

    /** Data of input "b". */
    public static Rows b(int size, DataType type) {
        return Rows.random("b", size, 3, Map.of("three", 4), type);
    }

    /** Both. */
    public static MultiTaskData data(int sizeA, int sizeB, DataType type) {
        return MultiTaskData.of(a(sizeA, type), b(sizeB, type));
    }

    /** All examples of both as one batch. */
    public static MultiTaskBatch batch(MultiTaskData data) {
        Map<String, SourceBatch> batches = new HashMap<>();
        for (DataSource source : data.sources()) {
            int[] all = java.util.stream.IntStream.range(0, source.size()).toArray();
            batches.put(source.input(), source.batch(all, new Seed(0).generator()));
        }
        return new MultiTaskBatch(batches);
    }

    /** Rows of numbers whose labels follow from them, so that they can be learned. */
    public record Rows(String input, INDArray features, Map<String, INDArray> labels) implements DataSource {

        static Rows random(String input, int size, int width, Map<String, Integer> classes, DataType type) {
            RandomGenerator random = new Seed(size).child(width).generator();
            INDArray features = Nd4j.create(type, size, width);
            for (long i = 0; i < features.length(); i++) {
                features.putScalar(i, random.nextGaussian());
            }
            Map<String, INDArray> labels = new HashMap<>();
            classes.forEach((task, count) -> {
                INDArray column = Nd4j.create(type, size);
                for (int i = 0; i < size; i++) {
                    double score = features.getDouble(i, 0) + 0.5 * features.getDouble(i, count % width);
                    column.putScalar(i, Math.floorMod((long) Math.floor(score), count));
                }
                labels.put(task, column);
            });
            return new Rows(input, features, labels);
        }

        @Override
        public int size() {
            return (int) features.size(0);
        }

        @Override
        public Set<String> tasks() {
            return labels.keySet();
        }

        @Override
        public SourceBatch batch(int[] indices, RandomGenerator random) {
            Map<String, INDArray> chosen = new HashMap<>();
            labels.forEach((task, all) -> {
                INDArray column = Nd4j.create(all.dataType(), indices.length);
                for (int i = 0; i < indices.length; i++) {
                    column.putScalar(i, all.getDouble(indices[i]));
                }
                chosen.put(task, column);
            });
            return new SourceBatch(features.getRows(indices), null, chosen, Map.of());
        }
    }
}
