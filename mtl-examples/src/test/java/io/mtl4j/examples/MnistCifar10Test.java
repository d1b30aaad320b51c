package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.nn.data.Standardizer;
import io.mtl4j.nn.data.image.ImageSource;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MnistCifar10Test {

    @TempDir
    private Path folder;

    @Test
    void trainsOnTheEmbeddedDataComparesAndLeavesAModelThatPredicts() throws IOException {
        int status = new CommandLine(new MnistCifar10())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(
                        "--embedded",
                        "--limit=600",
                        "--size=small",
                        "--epochs=2",
                        "--batch=32",
                        "--compare",
                        "--weighting=auto-lambda",
                        "--out=" + folder);
        assertEquals(0, status);
        JsonNode record = new ObjectMapper().readTree(folder.resolve("run.json").toFile());
        assertTrue(record.at("/models/joint/test/digits/accuracy").asDouble() > 0.3, record.toString());
        assertTrue(record.at("/models/joint/test/objects/accuracy").asDouble() > 0.3, record.toString());
        assertEquals(2, record.at("/models/digits/epochs").size());
        assertTrue(Files.size(folder.resolve("joint.png")) > 1000);
        MultiTaskModel model = ModelFiles.load(folder.resolve("model.mtl"));
        LabeledPictures digits = EmbeddedPictures.mnist().test();
        ImageSource source = ImageSource.builder("digits")
                .pictures(digits.pictures())
                .labels("digits", digits.labels())
                .standardizer(Standardizer.mnist())
                .build();
        int right = 0;
        int[] chosen = java.util.stream.IntStream.range(0, 100).map(i -> 5 * i).toArray();
        List<Prediction> predictions = model.predictBatch(
                "digits", source.batch(chosen, new Seed(0).generator()).features(), null);
        for (int i = 0; i < chosen.length; i++) {
            right += predictions.get(i).task("digits").classIndex() == digits.classOf(chosen[i]) ? 1 : 0;
        }
        assertTrue(right > 30, right + " of 100 right");
    }

    @Test
    void saysWhatIsWrongWithTheFolder() {
        StringWriter errors = new StringWriter();
        int status = new CommandLine(new MnistCifar10())
                .setErr(new PrintWriter(errors))
                .setExecutionExceptionHandler(Failures::report)
                .execute("--data-dir=" + folder.resolve("nothing"));
        assertEquals(1, status);
        assertTrue(errors.toString().contains("nothing"), errors.toString());
    }
}
