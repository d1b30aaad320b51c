package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The tiny networks of src/test/resources/pretrained, what PyTorch computes with them, and what this library does. */
final class Tiny {

    private Tiny() {}

    static Path folder(String name) {
        try {
            return Path.of(Tiny.class.getResource("/pretrained/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode expected(String name) {
        return json(folder(name).resolve("expected.json"));
    }

    static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static INDArray array(JsonNode node) {
        long[] shape = Stream.iterate(node, JsonNode::isArray, n -> n.get(0))
                .mapToLong(JsonNode::size)
                .toArray();
        double[] numbers = new double[(int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        fill(node, numbers, 0);
        return Nd4j.createFromArray(numbers).reshape('c', shape);
    }

    private static int fill(JsonNode node, double[] numbers, int from) {
        int at = from;
        for (JsonNode child : node) {
            if (child.isArray()) {
                at = fill(child, numbers, at);
            } else {
                numbers[at++] = child.doubleValue();
            }
        }
        return at;
    }

    /** A copy of a folder that may be spoiled. */
    static Path copy(String name, Path target) throws IOException {
        try (Stream<Path> files = Files.list(folder(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }

    /** An encoder with the numbers that it starts with. */
    static final class Run {
        private final Binder binder = Binder.create();
        private final Layer layer;
        private final DataType type;
        private final INDArray[] values;
        private final INDArray[] gradients;
        private final INDArray[] buffers;
        private Pass pass;

        Run(LayerSpec spec, Shape input, DataType type) {
            this.layer = spec.bind(input, binder);
            this.type = type;
            List<Parameter> parameters = binder.parameters();
            values = parameters.stream().map(p -> Nd4j.create(type, p.shape())).toArray(INDArray[]::new);
            gradients =
                    parameters.stream().map(p -> Nd4j.create(type, p.shape())).toArray(INDArray[]::new);
            parameters.forEach(p -> p.initialize(values[p.index()], new Seed(3)));
            buffers = binder.buffers().stream()
                    .map(b -> Nd4j.create(type, b.shape()))
                    .toArray(INDArray[]::new);
            binder.buffers().forEach(b -> b.initialize(buffers[b.index()], new Seed(3)));
        }

        Binder binder() {
            return binder;
        }

        INDArray forward(INDArray ids, INDArray mask) {
            pass = new Pass(values, buffers, binder.slots(), mask, null, false);
            return layer.forward(ids.castTo(type), pass);
        }

        void backward(INDArray gradient) {
            pass.collectGradients(gradients);
            layer.backward(gradient.castTo(type), pass);
        }

        INDArray gradient(String name) {
            return gradients[
                    binder.parameters().stream()
                            .filter(p -> p.name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .index()];
        }
    }
}
