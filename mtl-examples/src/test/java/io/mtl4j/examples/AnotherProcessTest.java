package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model saved here predicts bit for bit the same in a JVM of its own. */
class AnotherProcessTest {

    private static final float[] EXAMPLE = {0.1f, -0.7f, 1.3f};

    @TempDir
    private Path folder;

    /** What the other process runs. */
    public static void main(String[] args) {
        System.out.println("answer " + answer(ModelFiles.load(Path.of(args[0]))));
    }

    private static String answer(MultiTaskModel model) {
        Prediction prediction = model.predict(EXAMPLE);
        return Arrays.toString(prediction.task("kind").probabilities()) + " "
                + prediction.task("size").value();
    }

    @Test
    void predictsTheSame() throws IOException, InterruptedException {
        MultiTaskModel model = MultiTaskModel.builder()
                .input(Shape.vector(3))
                .encoder(Encoders.mlp().batchNorm().dense(8))
                .task(Tasks.classification("kind", 3))
                .task(Tasks.regression("size", 1))
                .seed(12)
                .build();
        Path file = folder.resolve("model.mtl");
        ModelFiles.save(model, file);
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        AnotherProcessTest.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals(
                "answer " + answer(model),
                said.lines().filter(l -> l.startsWith("answer")).findFirst().orElse(said));
    }
}
