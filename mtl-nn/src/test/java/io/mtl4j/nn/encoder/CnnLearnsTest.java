package io.mtl4j.nn.encoder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Gradient descent on an encoder and one more layer tells vertical from horizontal stripes, seen and unseen. */
class CnnLearnsTest {

    private static final int SIZE = 8;
    private static final int BATCH = 24;
    private static final LayerSpec OUTPUT = new Dense(1, Activation.IDENTITY, Initializer.GLOROT_UNIFORM);

    static List<Cnn> encoders() {
        return List.of(
                Encoders.cnn().conv(4, 3).maxPool(2).conv(8, 3).globalPool(),
                Encoders.cnn().batchNorm().conv(4, 3).maxPool(2).residual(8, 2).globalPool(),
                Encoders.cnn().batchNorm().conv(4, 3).avgPool(2).dense(8).dropout(0.1));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void stripesAreToldApartInPredictionMode(Cnn encoder) {
        Binder binder = Binder.create();
        Shape shape = Shape.image(1, SIZE, SIZE);
        Layer layer = Encoders.cnn().then(encoder).then(OUTPUT).bind(shape, binder);
        RandomGenerator random = GradientCheck.random(1);
        INDArray[] values =
                binder.parameters().stream().map(p -> start(p, random)).toArray(INDArray[]::new);
        INDArray[] gradients = binder.parameters().stream()
                .map(p -> Nd4j.create(DataType.FLOAT, p.shape()))
                .toArray(INDArray[]::new);
        INDArray[] buffers = binder.buffers().stream()
                .map(b -> Nd4j.valueArrayOf(b.shape(), b.fill(), DataType.FLOAT))
                .toArray(INDArray[]::new);
        for (int step = 0; step < 150; step++) {
            Pass pass = new Pass(
                    values,
                    buffers,
                    binder.slots(),
                    null,
                    Nd4j.getRandomFactory().getNewRandomInstance(step),
                    true);
            pass.collectGradients(gradients);
            INDArray wanted = Nd4j.create(DataType.FLOAT, BATCH, 1);
            INDArray x = stripes(random, wanted);
            INDArray error = layer.forward(x, pass).sub(wanted);
            layer.backward(error.mul(2.0 / BATCH), pass);
            for (int i = 0; i < values.length; i++) {
                values[i].subi(gradients[i].mul(0.05));
            }
        }
        INDArray wanted = Nd4j.create(DataType.FLOAT, BATCH, 1);
        INDArray x = stripes(random, wanted);
        INDArray y = layer.forward(x, new Pass(values, buffers, binder.slots(), null, null, false));
        int right = 0;
        for (int i = 0; i < BATCH; i++) {
            right += y.getDouble(i) * wanted.getDouble(i) > 0 ? 1 : 0;
        }
        assertTrue(right >= BATCH - 1, right + " of " + BATCH + " right");
    }

    private static INDArray start(Parameter p, RandomGenerator random) {
        INDArray array = Nd4j.create(DataType.FLOAT, p.shape());
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, p.initializer().draw(random, p.fanIn(), p.fanOut()));
        }
        return array;
    }

    /** Noisy stripes of random phase: vertical ones, wanted 1, and horizontal ones, wanted -1. */
    private static INDArray stripes(RandomGenerator random, INDArray wanted) {
        INDArray x = Nd4j.create(DataType.FLOAT, BATCH, 1, SIZE, SIZE);
        for (int n = 0; n < BATCH; n++) {
            boolean vertical = random.nextBoolean();
            int phase = random.nextInt(2);
            wanted.putScalar(n, vertical ? 1 : -1);
            for (int i = 0; i < SIZE; i++) {
                for (int j = 0; j < SIZE; j++) {
                    int across = vertical ? j : i;
                    double value = (across + phase) % 2 + 0.3 * random.nextGaussian();
                    x.putScalar(new long[] {n, 0, i, j}, value);
                }
            }
        }
        return x;
    }
}
