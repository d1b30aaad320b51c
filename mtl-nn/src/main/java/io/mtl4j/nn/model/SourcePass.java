package io.mtl4j.nn.model;

import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.head.Head;
import io.mtl4j.nn.head.LossFunction;
import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Pass;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One input's way through the network: stem, trunk, the heads of its tasks, and back. */
final class SourcePass {

    private final Network network;
    private final int input;
    private final Pass pass;
    private final LossFunction.Result[] results;
    private INDArray[] representations;

    SourcePass(Network network, int input, Pass pass) {
        this.network = network;
        this.input = input;
        this.pass = pass;
        this.results = new LossFunction.Result[network.architecture().heads().size()];
    }

    /** Logits by task; null for tasks that are not wanted. */
    INDArray[] logits(INDArray features, boolean[] wanted) {
        return logits(features, wanted, new INDArray[wanted.length]);
    }

    private INDArray[] logits(INDArray features, boolean[] wanted, INDArray[] targets) {
        represent(features, wanted);
        INDArray[] logits = new INDArray[wanted.length];
        for (int k = 0; k < wanted.length; k++) {
            pass.aim(targets[k]);
            logits[k] = wanted[k] ? logits(k, representations[k]) : null;
        }
        return logits;
    }

    private void represent(INDArray features, boolean[] wanted) {
        INDArray x = ImageLayout.plain(network.stem(input).forward(features, pass));
        representations = network.trunk().forward(x, wanted, pass);
    }

    /** Logits with and without the targets, by task; null for tasks that are not wanted or have none. */
    TaskLogits[] evaluate(INDArray features, boolean[] tasks, SourceBatch batch) {
        boolean[] wanted = tasks.clone();
        for (int k = 0; k < wanted.length; k++) {
            wanted[k] &= network.targets(k, batch) != null;
        }
        INDArray[] targets = targets(wanted, batch);
        TaskLogits[] logits = new TaskLogits[wanted.length];
        represent(features, tasks);
        for (int k = 0; k < wanted.length; k++) {
            if (wanted[k]) {
                pass.aim(null);
                INDArray free = logits(k, representations[k]);
                logits[k] = new TaskLogits(free, free);
                if (network.architecture().heads().get(k).readsTargets()) {
                    pass.aim(targets[k]);
                    logits[k] = new TaskLogits(logits(k, representations[k]), free);
                }
            }
        }
        return logits;
    }

    private INDArray logits(int task, INDArray representation) {
        return ImageLayout.plain(network.head(task).forward(ImageLayout.plain(representation), pass));
    }

    void forward(INDArray features, boolean[] wanted, SourceBatch batch) {
        INDArray[] targets = targets(wanted, batch);
        INDArray[] logits = logits(features, wanted, targets);
        for (int k = 0; k < wanted.length; k++) {
            if (wanted[k]) {
                Head head = network.architecture().heads().get(k);
                INDArray mask = batch.labelMasks().get(head.task().name());
                results[k] =
                        head.loss().evaluate(logits[k], targets[k], head.effectiveMask(targets[k], mask, pass.mask()));
            }
        }
    }

    /** Runs examples forward for one task, whose loss is a function of their logits alone. */
    void forward(INDArray examples, int task, Function<INDArray, LossFunction.Result> loss) {
        boolean[] wanted = new boolean[results.length];
        wanted[task] = true;
        results[task] = loss.apply(logits(examples, wanted)[task]);
    }

    /** Labels are checked before any layer sees them. */
    private INDArray[] targets(boolean[] wanted, SourceBatch batch) {
        INDArray[] targets = new INDArray[wanted.length];
        for (int k = 0; k < wanted.length; k++) {
            if (wanted[k]) {
                Head head = network.architecture().heads().get(k);
                targets[k] = network.targets(k, batch);
                head.checkLabels(targets[k], batch.labelMasks().get(head.task().name()), batch.size());
            }
        }
        return targets;
    }

    boolean present(int task) {
        return results[task] != null && results[task].count() > 0;
    }

    LossFunction.Result result(int task) {
        return results[task];
    }

    /** What a task's head reads; the same array for tasks that read the same. */
    INDArray representation(int task) {
        return representations[task];
    }

    /** Gradients of the weighted sum of losses and of penalties; nothing where no task of this input is present. */
    void backward(double[] weights, INDArray[] targets) {
        pass.collectGradients(targets);
        pass.collectPenalties(true);
        INDArray[] gradients = new INDArray[results.length];
        boolean any = false;
        for (int k = 0; k < results.length; k++) {
            if (present(k) && weights[k] != 0) {
                gradients[k] = throughHead(k, weights[k]);
                any = true;
            }
        }
        if (any) {
            throughTrunk(gradients);
        }
    }

    /** Gradient of one task's loss. */
    void backward(int task, INDArray[] targets) {
        inputGradient(task, targets);
    }

    /** The same, and what is left at the input; null where the input is bound as data. */
    INDArray inputGradient(int task, INDArray[] targets) {
        pass.collectGradients(targets);
        pass.collectPenalties(false);
        INDArray[] gradients = new INDArray[results.length];
        gradients[task] = throughHead(task, 1);
        return throughTrunk(gradients);
    }

    /** Gradients of what layers penalise, and of nothing else. */
    void penaltyBackward(INDArray[] targets) {
        pass.collectGradients(targets);
        pass.collectPenalties(true);
        INDArray[] gradients = new INDArray[results.length];
        for (int k = 0; k < results.length; k++) {
            gradients[k] = present(k) ? throughHead(k, 0) : null;
        }
        throughTrunk(gradients);
    }

    /** Whether any task has a label here. */
    boolean anyPresent() {
        return IntStream.range(0, results.length).anyMatch(this::present);
    }

    double penalty() {
        return pass.penalty();
    }

    /** Gradients of a head's own parameters by its task's loss, and what it returns: that of the representation. */
    INDArray headBackward(int task, INDArray[] targets) {
        pass.collectGradients(targets);
        pass.collectPenalties(false);
        return throughHead(task, 1);
    }

    /** Gradients of the layers below the heads. */
    void trunkBackward(INDArray[] byTask, INDArray[] targets) {
        pass.collectGradients(targets);
        pass.collectPenalties(false);
        throughTrunk(byTask);
    }

    private INDArray throughHead(int task, double weight) {
        INDArray gradient = results[task].gradient();
        return ImageLayout.plain(network.head(task).backward(weight == 1 ? gradient : gradient.mul(weight), pass));
    }

    private INDArray throughTrunk(INDArray[] gradients) {
        INDArray gradient = network.trunk().backward(gradients, pass);
        return gradient == null ? null : network.stem(input).backward(gradient, pass);
    }
}
