package io.mtl4j.nn.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterStore;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models as if trained, and comparisons to the last bit. */
final class Copies {

    private Copies() {}

    /** Gives all parameters and buffers numbers of their own. */
    static MultiTaskModel scrambled(MultiTaskModel model, long seed) {
        RandomGenerator random = GradientCheck.random(seed);
        ParameterStore store = model.network().store();
        fill(store.flat(), random, 0.3);
        for (int i = 0; i < model.inputs().size() && !store.declaredBuffers().isEmpty(); i++) {
            fill(store.flatBuffers(i), random, 0);
        }
        return model;
    }

    private static void fill(INDArray array, RandomGenerator random, double deviation) {
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, deviation == 0 ? 0.5 + random.nextDouble() : deviation * random.nextGaussian());
        }
    }

    static INDArray answer(MultiTaskModel model, MultiTaskBatch batch, String task) {
        SourceBatch source = batch.sources().get(MultiTaskModel.DEFAULT_INPUT);
        return model.outputs(MultiTaskModel.DEFAULT_INPUT, source).get(task);
    }

    static void assertSameBits(INDArray expected, INDArray actual, String what) {
        assertArrayEquals(expected.shape(), actual.shape(), what);
        assertArrayEquals(
                expected.dup('c').data().asDouble(), actual.dup('c').data().asDouble(), what);
    }

    static INDArray array(MultiTaskModel model, String name) {
        Parameter parameter = model.network().store().layout().parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no parameter " + name));
        return model.network().store().values()[parameter.index()];
    }

    static void assertSameNumbers(MultiTaskModel expected, MultiTaskModel actual) {
        ParameterStore one = expected.network().store();
        ParameterStore two = actual.network().store();
        assertSameBits(one.flat(), two.flat(), "parameters");
        assertEquals(expected.inputs().size(), actual.inputs().size());
        for (int i = 0; i < expected.inputs().size(); i++) {
            assertSameBits(one.flatBuffers(i), two.flatBuffers(i), "buffers");
        }
    }
}
