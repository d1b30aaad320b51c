package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.GraphEncoder;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

class Dl4jFilesTest {

    private static final INDArray X =
            Nd4j.linspace(DataType.FLOAT, -1, 0.02, 2 * 2 * 5 * 5).reshape(2, 2, 5, 5);

    @TempDir
    private Path folder;

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.01))
                .activation(Activation.TANH);
    }

    /** Layers with names and without. */
    private Path layers(DataType type) throws IOException {
        MultiLayerConfiguration configuration = builder()
                .dataType(type)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2).name("conv").nOut(3).build())
                .layer(new BatchNormalization())
                .layer(new DenseLayer.Builder().name("features").nOut(6).build())
                .layer(new OutputLayer.Builder()
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(5, 5, 2))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        network.fit(new DataSet(X.castTo(type), Nd4j.eye(3).castTo(type).get(rows(2))));
        return write(network.getLayerWiseConfigurations().toJson(), network.params());
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex rows(int count) {
        return org.nd4j.linalg.indexing.NDArrayIndex.interval(0, count);
    }

    private static ComputationGraphConfiguration graph() {
        return builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("conv", new ConvolutionLayer.Builder(2, 2).nOut(3).build(), "in")
                .addLayer("features", new DenseLayer.Builder().nOut(6).build(), "conv")
                .addLayer(
                        "out",
                        new OutputLayer.Builder()
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "features")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(5, 5, 2))
                .build();
    }

    /** As DL4J's ModelSerializer lays it out, for files that it would not write. */
    private Path write(String configuration, INDArray parameters) throws IOException {
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(numbers)) {
            Nd4j.write(parameters, out);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("configuration.json", configuration.getBytes(StandardCharsets.UTF_8));
        entries.put("coefficients.bin", numbers.toByteArray());
        return zip("network.zip", entries);
    }

    private static INDArray run(GraphEncoder encoder, DataType type) {
        return new Tiny.Run(encoder, Shape.image(2, 5, 5), type).forward(X, null);
    }

    private static void assertClose(INDArray expected, INDArray found) {
        assertArrayEquals(expected.shape(), found.shape());
        assertTrue(expected.castTo(DataType.DOUBLE).equalsWithEps(found.castTo(DataType.DOUBLE), 1e-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLOAT", "DOUBLE"})
    void aMultiLayerNetworkGivesWhatItsLayersGive(DataType type) throws IOException {
        Path file = layers(type);
        var whole = MultiLayerNetwork.load(file.toFile(), false);
        var activations = whole.feedForward(X.castTo(type), false); // the input first
        assertClose(activations.get(3), run(Dl4jFiles.encoder(file), DataType.FLOAT));
        assertClose(activations.get(3), run(Dl4jFiles.encoder(file, "features"), DataType.FLOAT));
        assertClose(activations.get(1), run(Dl4jFiles.encoder(file, "conv"), DataType.FLOAT));
        String second = whole.getLayerWiseConfigurations().getConf(1).getLayer().getLayerName();
        assertClose(activations.get(2), run(Dl4jFiles.encoder(file, second == null ? "1" : second), DataType.FLOAT));
    }

    @Test
    void aGraphGivesWhatItsVerticesGive() throws IOException {
        ComputationGraph whole = new ComputationGraph(graph());
        whole.init();
        Path file = write(whole.getConfiguration().toJson(), whole.params());
        Map<String, INDArray> activations = whole.feedForward(X, false);
        assertClose(activations.get("features"), run(Dl4jFiles.encoder(file), DataType.FLOAT));
        assertClose(activations.get("conv"), run(Dl4jFiles.encoder(file, "conv"), DataType.FLOAT));
    }

    /** A file of DL4J's own ModelSerializer, with the state of an updater and a normalizer. */
    @Test
    void readsWhatDl4jWrote() throws IOException {
        Path file = Tiny.folder("dl4j").resolve("layers.zip");
        INDArray x = Nd4j.linspace(DataType.FLOAT, -1, 0.3, 8).reshape(2, 4);
        INDArray expected = MultiLayerNetwork.load(file.toFile(), false)
                .feedForward(x, false)
                .get(1);
        GraphEncoder encoder = Dl4jFiles.encoder(file);
        assertClose(expected, new Tiny.Run(encoder, Shape.vector(4), DataType.FLOAT).forward(x, null));
    }

    /** With current versions of commons-io the serializer cannot write the normalizer at once, but can add it. */
    @Test
    void readsWhatDl4jWritesNow() throws IOException {
        ComputationGraph whole = new ComputationGraph(graph());
        whole.init();
        File file = folder.resolve("network.zip").toFile();
        NormalizerStandardize normalizer = new NormalizerStandardize();
        normalizer.fit(new DataSet(X, X));
        ModelSerializer.writeModel(whole, file, true);
        ModelSerializer.addNormalizerToModel(file, normalizer);
        assertEquals(normalizer, ModelSerializer.restoreNormalizerFromFile(file));
        assertClose(whole.feedForward(X, false).get("features"), run(Dl4jFiles.encoder(file.toPath()), DataType.FLOAT));
    }

    @Test
    void readingTwiceGivesEqualEncoders() throws IOException {
        Path file = layers(DataType.FLOAT);
        assertEquals(Dl4jFiles.encoder(file), Dl4jFiles.encoder(file));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsTrainedOrFrozenAndSaved(boolean frozen) throws IOException {
        GraphEncoder encoder = Dl4jFiles.encoder(layers(DataType.FLOAT));
        MultiTaskModel model = MultiTaskModel.builder()
                .input("picture", Shape.image(2, 5, 5))
                .encoder(frozen ? encoder.freeze() : encoder)
                .task(Tasks.classification("one", 2))
                .task(Tasks.regression("two", 1))
                .seed(5)
                .build();
        var flat = model.network().store().flat();
        INDArray before = flat.dup();
        MultiTaskData data = MultiTaskData.of(ArraySource.builder("picture")
                .features(X)
                .labels("one", Labels.classes(0, 1))
                .labels("two", Labels.values(0.5f, -0.5f))
                .build());
        var result = Trainer.builder(model)
                .optimizer(new AdamW(0.01, 0))
                .batchSize(2)
                .epochs(10)
                .seed(1)
                .build()
                .fit(data);
        for (String task : new String[] {"one", "two"}) {
            assertTrue(
                    result.epochs().get(9).trainLosses().get(task)
                            < result.epochs().get(0).trainLosses().get(task),
                    task);
        }
        long shared = model.sharedParameterCount();
        var part = org.nd4j.linalg.indexing.NDArrayIndex.interval(0, shared);
        assertEquals(frozen, before.get(part).equals(flat.get(part)));
        Path saved = folder.resolve("model.mtl");
        ModelFiles.save(model, saved);
        Files.delete(folder.resolve("network.zip"));
        assertEquals(model.outputs("picture", X, null), ModelFiles.load(saved).outputs("picture", X, null));
    }

    /** Shows whether it was made from a stream. */
    private static final class Trap implements Serializable {
        private static final long serialVersionUID = 1L;
        private static boolean sprung;

        private void readObject(java.io.ObjectInputStream in) {
            sprung = true;
        }
    }

    private Map<String, byte[]> entries(Path file) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                found.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return found;
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        return zip("changed.zip", entries);
    }

    private Path zip(String name, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    private static String message(Path file) {
        return assertThrows(DataFileException.class, () -> Dl4jFiles.encoder(file))
                .getMessage();
    }

    @Test
    void readsNoSerialisedObjects() throws IOException {
        ByteArrayOutputStream trap = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(trap)) {
            out.writeObject(new Trap());
        }
        Map<String, byte[]> entries = entries(layers(DataType.FLOAT));
        for (String name : new String[] {"normalizer.bin", "preprocessor.bin", "updaterState.bin", "objects/x"}) {
            entries.put(name, trap.toByteArray());
        }
        run(Dl4jFiles.encoder(zip(entries)), DataType.FLOAT);
        assertEquals(false, Trap.sprung);
    }

    @ParameterizedTest
    @CsvSource({
        "javax.swing.JEditorPane",
        "org.springframework.context.support.ClassPathXmlApplicationContext",
        "org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize",
        "org.deeplearning4j.util.ModelSerializer",
        "org.deeplearning4j.nn.confx.Layer"
    })
    void refusesClassesThatDescribeNoNetwork(String name) throws IOException {
        Map<String, byte[]> entries = entries(layers(DataType.FLOAT));
        String json = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
        String bad = json.replaceFirst("\"@class\" : \"[^\"]*\"", "\"\\\\u0040class\" : \"" + name + "\"");
        assertTrue(!bad.equals(json));
        entries.put("configuration.json", bad.getBytes(StandardCharsets.UTF_8));
        String message = message(zip(entries));
        assertTrue(
                message.contains("configuration.json names the class " + name + ", which is none of DL4J's"), message);
    }

    @Test
    void refusesWeightsThatDoNotFit() throws IOException {
        Map<String, byte[]> entries = entries(layers(DataType.FLOAT));
        byte[] numbers = entries.get("coefficients.bin");
        entries.put("coefficients.bin", Arrays.copyOf(numbers, numbers.length - 1));
        assertTrue(message(zip(entries)).contains("ends too early"));
        entries.put("coefficients.bin", header("MIXED_DATA_TYPES", 1L << 40, "FLOAT"));
        assertTrue(message(zip(entries)).contains("weights where the configuration needs"), message(zip(entries)));
        entries.put("coefficients.bin", new byte[100]);
        assertTrue(message(zip(entries)).contains("an array begins with an unknown mode"));
        entries.put("coefficients.bin", new byte[1 << 23]);
        assertTrue(message(zip(entries)).contains("so the file is damaged or harmful"));
        entries.put("coefficients.bin", numbers);
        String json = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
        entries.put(
                "configuration.json",
                json.replace("\"nout\" : 6", "\"nout\" : 2000000000").getBytes(StandardCharsets.UTF_8));
        assertTrue(message(zip(entries)).contains("weights where the configuration needs"), message(zip(entries)));
    }

    private static byte[] header(String mode, long length, String type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(mode);
            out.writeLong(4);
            out.writeUTF("LONG");
            out.write(new byte[32]);
            out.writeUTF(mode);
            out.writeLong(length);
            out.writeUTF(type);
        }
        return bytes.toByteArray();
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no zip at all");
        assertTrue(message(text).contains("is no zip file ("));
        assertTrue(message(folder.resolve("missing")).contains("cannot be read"));
        assertTrue(message(zip(Map.of("x", new byte[1]))).contains("has no configuration.json"));
        assertTrue(message(zip(Map.of("configuration.json", new byte[0]))).contains("is of no network"));
        assertTrue(message(zip(Map.of("configuration.json", "{".getBytes(StandardCharsets.UTF_8))))
                .contains("is no JSON"));
        Path file = layers(DataType.FLOAT);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Dl4jFiles.encoder(file, "nowhere"))
                .getMessage()
                .startsWith("graph: no vertex \"nowhere\"; there are [conv, "));
    }
}
