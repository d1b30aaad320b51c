package io.mtl4j.nn.model;

import io.mtl4j.nn.head.AdversarialHead;
import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The generator of an adversarial task, bound: its parameters belong to the task, and only the task's own step changes them.
 *
 * @param task the task's number
 * @param input the number of the input whose examples it makes
 * @param head the task's head
 * @param layer the generator
 */
record BoundGenerator(int task, int input, AdversarialHead head, Layer layer) {

    /** The generators of all adversarial tasks, by the task's number. */
    static Map<Integer, BoundGenerator> bind(Architecture architecture, Binder binder) {
        Map<Integer, BoundGenerator> generators = new TreeMap<>();
        for (int k = 0; k < architecture.heads().size(); k++) {
            if (architecture.heads().get(k) instanceof AdversarialHead head) {
                int input = architecture.inputOf(k);
                Shape example = architecture.inputs().get(input).shape();
                Binder scope = binder.child("generator:" + head.task().name())
                        .ownedBy(k)
                        .ownStep();
                generators.put(k, new BoundGenerator(k, input, head, bind(head, example, scope)));
            }
        }
        return generators;
    }

    private static Layer bind(AdversarialHead head, Shape example, Binder scope) {
        String prefix = "task \"" + head.task().name() + "\": ";
        if (!(example instanceof Shape.Vector || example instanceof Shape.Image)) {
            throw new IllegalArgumentException(
                    prefix + "its input is " + example + "; a generator makes vectors or pictures");
        }
        int before = scope.parameters().size();
        LayerSpec spec = head.generator(example);
        Layer layer = spec.bind(Shape.vector(head.noise()), scope);
        if (!(spec instanceof Chain)) {
            scope.describe(spec.getClass().getSimpleName(), layer.outputShape());
        }
        if (!layer.outputShape().equals(example)) {
            throw new IllegalArgumentException(prefix + "its generator makes " + layer.outputShape()
                    + " and its input is " + example + "; let the generator end in the input's shape");
        }
        if (scope.parameters().stream().skip(before).noneMatch(p -> p.turn() == Parameter.Turn.OWN)) {
            throw new IllegalArgumentException(
                    prefix + "its generator has nothing to learn; give it a layer that learns");
        }
        return layer;
    }

    /** Standard normal noise {@code [n, noise]}, the same on every backend. */
    INDArray noise(int n, Seed seed, DataType type) {
        RandomGenerator random = seed.generator();
        double[] values = new double[Math.multiplyExact(n, head.noise())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return Nd4j.createFromArray(values).castTo(type).reshape('c', n, head.noise());
    }

    /** Makes examples. */
    INDArray forward(INDArray noise, Pass pass) {
        return ImageLayout.plain(layer.forward(noise, pass));
    }
}
