package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.encoder.GraphEncoder;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares with what NumPy computes from the same files; see src/test/python/tiny_keras.py. */
class KerasFilesTest {

    private static final Path FOLDER = Tiny.folder("keras");
    private static final Map<String, Shape> INPUTS =
            Map.of("pictures", Shape.image(2, 6, 4), "branches", Shape.vector(4), "steps", Shape.sequence(3));

    @TempDir
    private Path folder;

    private static Path file(String name) {
        return FOLDER.resolve(name + ".h5");
    }

    private static INDArray run(GraphEncoder encoder, String name) {
        INDArray x = Tiny.array(Tiny.expected("keras").get(name).get("input"));
        return new Tiny.Run(encoder, INPUTS.get(name), DataType.FLOAT).forward(x, null);
    }

    private static void assertClose(String name, String layer, GraphEncoder encoder) {
        JsonNode expected = Tiny.expected("keras").get(name).get(layer);
        INDArray wanted = Tiny.array(expected);
        INDArray found = run(encoder, name).castTo(DataType.DOUBLE);
        assertArrayEquals(wanted.shape(), found.shape());
        assertTrue(wanted.equalsWithEps(found, 1e-6), name + " " + layer);
    }

    @ParameterizedTest
    @CsvSource({
        "pictures, conv",
        "pictures, pool",
        "pictures, features",
        "branches, left",
        "branches, both",
        "branches, norm",
        "steps, steps"
    })
    void everyLayerGivesWhatNumPyGives(String name, String layer) {
        assertClose(name, layer, KerasFiles.encoder(file(name), layer));
    }

    @ParameterizedTest
    @CsvSource({"pictures, features", "branches, norm", "steps, steps"})
    void unlessToldOtherwiseItEndsBeforeTheLastLayer(String name, String layer) {
        assertClose(name, layer, KerasFiles.encoder(file(name)));
        assertEquals(KerasFiles.encoder(file(name)), KerasFiles.encoder(file(name)));
    }

    @ParameterizedTest
    @CsvSource({"pictures", "branches"})
    void aSavedModelNeedsNothingOfTheFile(String name) throws IOException {
        Path copy = Files.copy(file(name), folder.resolve("copy.h5"));
        MultiTaskModel model = MultiTaskModel.builder()
                .input(INPUTS.get(name))
                .encoder(KerasFiles.encoder(copy).freeze())
                .task(Tasks.classification("one", 2))
                .task(Tasks.regression("two", 1))
                .seed(5)
                .build();
        Path saved = folder.resolve("model.mtl");
        ModelFiles.save(model, saved);
        Files.delete(copy);
        INDArray x = Tiny.array(Tiny.expected("keras").get(name).get("input")).castTo(DataType.FLOAT);
        assertEquals(
                model.outputs(MultiTaskModel.DEFAULT_INPUT, x, null),
                ModelFiles.load(saved).outputs(MultiTaskModel.DEFAULT_INPUT, x, null));
    }

    private static String message(Path file) {
        return assertThrows(DataFileException.class, () -> KerasFiles.encoder(file))
                .getMessage();
    }

    @Test
    void refusesCodeAndUnknownLayers() {
        assertTrue(message(file("lambda")).contains("layer \"code\" is a Lambda, which holds Python code"));
        assertTrue(message(file("unknown"))
                .contains("layer \"other\" is of the class \"evil>Layer\"; known are [Activation,"));
        for (String bad : List.of(
                "{\"class_name\": \"Runtime\", \"config\": {}}",
                "{\"class_name\": \"Sequential\", \"config\": {}}",
                "{\"class_name\": \"Sequential\", \"config\": [{\"class_name\": \"Functional\"}]}",
                "{\"class_name\": \"Sequential\", \"config\": [{\"class_name\": \"TimeDistributed\", \"config\":"
                        + " {\"layer\": {\"class_name\": \"Lambda\"}}}]}")) {
            assertThrows(DataFileException.class, () -> KerasLayers.check("x", bad), bad);
        }
    }

    @Test
    void saysWhatIsWrongWithTheFile() throws IOException {
        assertTrue(message(folder.resolve("missing.h5")).contains("there is no such file"));
        assertTrue(message(Files.writeString(folder.resolve("text"), "x")).contains("is no HDF5 file"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> KerasFiles.encoder(file("steps"), "nowhere"))
                .getMessage()
                .startsWith("graph: no vertex \"nowhere\"; there are ["));
    }
}
