package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.dl4j.MtlLayer;
import io.mtl4j.nn.encoder.GraphEncoder;
import io.mtl4j.nn.encoder.GraphStart;
import io.mtl4j.nn.fuzz.Zips;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No file makes a class run: neither its constructor nor what it does when it is loaded, wherever the file names it. */
class NamedClassesTest {

    private static final AtomicBoolean SPRUNG = new AtomicBoolean();
    private static final String TRAP = NamedClassesTest.class.getName() + "$Trap";

    @TempDir
    private Path folder;

    /** Runs as soon as something loads it for use. */
    static final class Trap {
        static {
            SPRUNG.set(true);
        }
    }

    private static String graph(String layer) {
        return new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer(
                        layer,
                        new DenseLayer.Builder()
                                .nIn(3)
                                .nOut(2)
                                .weightInit(new NormalDistribution(0, 1))
                                .activation(org.nd4j.linalg.activations.Activation.TANH)
                                .build(),
                        "in")
                .setOutputs(layer)
                .validateOutputLayerConfig(false)
                .build()
                .toJson();
    }

    private Path zip(String json) throws IOException {
        return Files.write(
                folder.resolve("network.zip"),
                Zips.zip(Map.of(
                        "configuration.json", json.getBytes(StandardCharsets.UTF_8), "coefficients.bin", new byte[9])));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"@class\" : \"[^\"]*ActivationTanH\" | \"@class\" : \"TRAP\"",
                "\"type\" : \"[^\"]*NormalDistribution\" | \"type\" : \"TRAP\"",
                "\"type\" : \"[^\"]*NormalDistribution\" | \"type\" : \"java.util.ArrayList<TRAP>\"",
                "\\{\\s*\"@class\" : \"[^\"]*ActivationTanH\"\\s*} | [\"TRAP\", {}]",
                "impl.ActivationTanH\" | impl.ActivationTanH<TRAP>\"",
                "impl.ActivationTanH\" | impl.ActivationTanH<java.util.List< TRAP >>\"",
                "\\{\\s*\"@class\" : \"[^\"]*ActivationTanH\"\\s*} | [\"[LTRAP;\", {}]",
                "\\{\\s*\"@class\" : \"[^\"]*ActivationTanH\"\\s*} | {\"TRAP\" : {}}",
            })
    void wherever(String place, String with) throws IOException {
        String json = graph("layer");
        String bad = json.replaceFirst(place, java.util.regex.Matcher.quoteReplacement(with.replace("TRAP", TRAP)));
        assertNotEquals(json, bad);
        Path file = zip(bad);
        String message = assertThrows(DataFileException.class, () -> Dl4jFiles.encoder(file))
                .getMessage();
        assertFalse(SPRUNG.get(), "it ran");
        assertTrue(message.contains("configuration.json names the class"), message);
        message = assertThrows(IllegalArgumentException.class, () -> new GraphEncoder(bad, false, GraphStart.drawn()))
                .getMessage();
        assertFalse(SPRUNG.get(), "it ran");
        assertTrue(message.startsWith("graph: the configuration names the class"), message);
    }

    @Test
    void whatNd4jBringsAlongOfOthersIsNotItsOwn() {
        String bad = graph("layer").replace("org.nd4j.linalg.activations.impl.ActivationTanH", "org.nd4j.shade.X");
        assertThrows(IllegalArgumentException.class, () -> new GraphEncoder(bad, false, GraphStart.drawn()));
    }

    @Test
    void namesOfLayersMayLookLikeThoseOfClasses() {
        for (String name : new String[] {"res4a.branch2", "block.1/conv", "org.w3c.conv", "..", "a.", "L.x"}) {
            assertDoesNotThrow(() -> new GraphEncoder(graph(name), false, GraphStart.drawn()), name);
        }
    }

    @Test
    void layersOfThisLibraryInNetworksOfDl4jAreNoWayIn() {
        String json = new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("own", MtlLayer.of(new Dense(2, Activation.RELU, Initializer.HE_NORMAL)), "in")
                .setInputTypes(InputType.feedForward(3))
                .setOutputs("own")
                .validateOutputLayerConfig(false)
                .build()
                .toJson();
        assertEquals(json, ComputationGraphConfiguration.fromJson(json).toJson());
        String bad = json.replace(Dense.class.getName() + "\"", TRAP + "\"");
        assertNotEquals(json, bad);
        assertThrows(RuntimeException.class, () -> ComputationGraphConfiguration.fromJson(bad));
        assertFalse(SPRUNG.get(), "it ran");
    }

    @Test
    void aConfigurationThatUnpacksToMoreThanItMayIsNotUnpacked() throws IOException {
        Path bomb = zip(" ".repeat(40 << 20));
        assertTrue(Files.size(bomb) < 1 << 20);
        String message = assertThrows(DataFileException.class, () -> Dl4jFiles.encoder(bomb))
                .getMessage();
        assertTrue(message.contains("configuration.json has more than"), message);
    }

    @Test
    void namesOfEntriesAreNoPaths() throws IOException {
        Path file = Files.write(
                folder.resolve("network.zip"),
                Zips.zip(Map.of("../configuration.json", new byte[1], "/coefficients.bin", new byte[9])));
        String message = assertThrows(DataFileException.class, () -> Dl4jFiles.encoder(file))
                .getMessage();
        assertTrue(message.contains("has no configuration.json"), message);
        assertFalse(Files.exists(folder.resolveSibling("configuration.json")));
    }
}
