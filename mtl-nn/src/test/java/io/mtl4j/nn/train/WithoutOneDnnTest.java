package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where oneDNN is missing, trainings come out the same, and one line of the log says so. */
class WithoutOneDnnTest {

    @Test
    void trainingsEndWithTheSameLosses() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dmtl4j.onednn=false",
                "-Dorg.slf4j.simpleLogger.log.io.mtl4j.nn.kernel.OneDnn=info",
                Main.class.getName());
        command.environment().put("CLASSPATH", classPath());
        command.redirectErrorStream(true);
        Process process = command.start();
        List<String> printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor(), String.join("\n", printed));
        assertEquals(
                1,
                printed.stream()
                        .filter(l -> l.contains("oneDNN is switched off"))
                        .count(),
                printed::toString);
        double[] without = printed.stream()
                .filter(line -> line.startsWith(Main.LOSS))
                .mapToDouble(line -> Double.parseDouble(line.substring(Main.LOSS.length())))
                .toArray();
        double[] with = Main.losses().mapToDouble(Double::doubleValue).toArray();
        assertEquals(3, without.length, printed::toString);
        for (int i = 0; i < with.length; i++) {
            assertEquals(without[i], with[i], 1e-3 * without[i]);
            assertTrue(with[i] > 0);
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Prints the last losses of a few trainings. */
    static final class Main {

        private static final String LOSS = "loss ";

        private Main() {}

        public static void main(String[] args) {
            losses().forEach(loss -> System.out.println(LOSS + loss));
        }

        static Stream<Double> losses() {
            return Stream.of(
                    loss(
                            Encoders.cnn().conv(16, 3).conv(16, 3).maxPool(2).dense(16),
                            Shape.image(3, 12, 12),
                            3,
                            12,
                            12),
                    loss(Encoders.lstm().units(16).lastStep(), Shape.sequence(6), 7, 6),
                    loss(Encoders.transformer().embedding(16).layers(1).feedForward(32), Shape.sequence(6), 7, 6));
        }

        private static double loss(Encoder encoder, Shape input, long... example) {
            MultiTaskModel model = MultiTaskModel.builder()
                    .input(input)
                    .encoder(encoder)
                    .task(Tasks.classification("class", 4))
                    .task(Tasks.regression("value", 1))
                    .seed(3)
                    .build();
            return Trainer.builder(model)
                    .batchSize(16)
                    .epochs(2)
                    .build()
                    .fit(data(model.architecture().inputs().get(0).name(), example))
                    .epochs()
                    .get(1)
                    .trainLosses()
                    .get("class");
        }

        private static MultiTaskData data(String input, long... example) {
            Random random = new Random(5);
            int count = 64;
            long[] shape = Stream.concat(
                            Stream.of((long) count),
                            java.util.Arrays.stream(example).boxed())
                    .mapToLong(Long::longValue)
                    .toArray();
            INDArray x = Nd4j.create(DataType.FLOAT, shape);
            x.data().setData(random.doubles(x.length(), -1, 1).toArray());
            int[] classes = random.ints(count, 0, 4).toArray();
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextFloat();
            }
            return MultiTaskData.of(ArraySource.builder(input)
                    .features(x)
                    .labels("class", Labels.classes(classes))
                    .labels("value", Labels.values(values))
                    .build());
        }
    }
}
