package io.mtl4j.nn.model;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The generators of a network's {@linkplain io.mtl4j.nn.head.AdversarialHead adversarial tasks}. */
public final class Generators {

    /** The first of the seeds that are not those of inputs. */
    private static final int ADVERSARY = 1000;

    private final Network network;
    private final Map<Integer, BoundGenerator> byTask;

    Generators(Network network, Map<Integer, BoundGenerator> byTask) {
        this.network = network;
        this.byTask = byTask;
    }

    /** {@return the numbers of the tasks that have a generator, in order} */
    public Set<Integer> tasks() {
        return byTask.keySet();
    }

    /**
     * {@return examples that a task's generator makes, without dropout and with the running statistics}
     *
     * @param task the number of an adversarial task
     * @param n how many, at least 1
     * @param seed of the noise
     */
    public INDArray generate(int task, int n, Seed seed) {
        return make(byTask.get(task), n, seed, false);
    }

    private INDArray make(BoundGenerator generator, int n, Seed seed, boolean training) {
        Pass pass = network.asidePass(generator.input(), seed, training);
        return generator.forward(generator.noise(n, seed, network.type()), pass);
    }

    /** What each adversarial task that takes part in a pass of real examples reads besides those. */
    Map<Integer, AdversarialPass> oppose(SourcePass pass, INDArray real, Seed seed) {
        Map<Integer, AdversarialPass> adversaries = new TreeMap<>();
        boolean training = seed != null;
        for (BoundGenerator generator : byTask.values()) {
            if (pass.present(generator.task())) {
                Seed own = (training ? seed : new Seed(0)).child(ADVERSARY + generator.task());
                INDArray made = make(generator, (int) real.size(0), own, training);
                adversaries.put(
                        generator.task(), AdversarialPass.of(network, generator, real, made, own.child(1), training));
            }
        }
        return adversaries;
    }

    /**
     * Computes the gradient by which a generator learns: that of the loss of what it makes, labelled as real, with encoder
     * and critic as they are.
     *
     * @param task the number of an adversarial task
     * @param n number of examples to make, at least 1
     * @param seed of noise and dropout
     * @param gradients receives the gradient in {@link Gradients#ofOwnStep}; what else it holds means nothing then
     * @return the loss
     */
    public double gradient(int task, int n, Seed seed, Gradients gradients) {
        BoundGenerator generator = byTask.get(task);
        Pass pass = network.newPass(generator.input(), seed);
        INDArray made = generator.forward(generator.noise(n, seed, network.type()), pass);
        SourcePass judge = network.aside(generator.input(), seed.child(1), true);
        judge.forward(made, task, z -> generator.head().loss().evaluate(z, AdversarialPass.labels(1, z), null));
        INDArray gradient = judge.inputGradient(task, gradients.views());
        pass.collectGradients(gradients.views());
        generator.layer().backward(ImageLayout.plain(gradient), pass);
        return judge.result(task).value();
    }
}
