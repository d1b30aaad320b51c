package io.mtl4j.nn.sharing;

import io.mtl4j.nn.kernel.ImageLayout;
import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A bound {@link Branching}. Only those branches run that a wanted task reads, straight or through others; what has weight 0
 * is not read.
 *
 * @param spec what it was bound from
 * @param stages the branches of each stage
 * @param readers who reads each stage: the branches of the next, or the tasks
 * @param temperature the temperature, {@code [1]}
 * @param kept for the way back
 */
record BranchTrunk(
        Branching spec,
        List<List<Layer>> stages,
        List<List<BranchReader>> readers,
        Buffer temperature,
        Slot<BranchTrunk.Kept> kept)
        implements Trunk {

    /**
     * What backward needs.
     *
     * @param crossings by stage: how its outputs reached its readers
     * @param temperature the temperature that parents were sampled with
     */
    record Kept(List<BranchCrossing> crossings, double temperature) {}

    @Override
    public Shape representation(int task) {
        return stages.get(stages.size() - 1).get(0).outputShape();
    }

    @Override
    public INDArray[] forward(INDArray x, boolean[] tasks, Pass pass) {
        double now = pass.buffer(temperature).getDouble(0);
        List<double[][]> weights = pass.training() ? sampled(pass, now) : decided(pass);
        List<BranchCrossing> crossings = new ArrayList<>();
        boolean[] wanted = tasks;
        for (int s = stages.size() - 1; s >= 0; s--) {
            BranchCrossing crossing = new BranchCrossing(weights.get(s), wanted, new INDArray[spec.branches()]);
            crossings.add(0, crossing);
            wanted = crossing.read();
        }
        INDArray[] inputs = new INDArray[spec.branches()];
        Arrays.fill(inputs, x);
        for (int s = 0; s < stages.size(); s++) {
            BranchCrossing crossing = crossings.get(s);
            boolean[] read = crossing.read();
            for (int j = 0; j < read.length; j++) {
                if (read[j]) {
                    crossing.outputs()[j] =
                            ImageLayout.plain(stages.get(s).get(j).forward(inputs[j], pass));
                }
            }
            inputs = crossing.forward();
        }
        pass.save(kept, new Kept(List.copyOf(crossings), now));
        if (pass.training()) {
            pass.buffer(temperature).assign(Math.max(spec.lowest(), now * Math.pow(0.5, 1.0 / spec.halfLife())));
        }
        return inputs;
    }

    private List<double[][]> decided(Pass pass) {
        return readers.stream()
                .map(of -> of.stream().map(reader -> reader.decided(pass)).toArray(double[][]::new))
                .toList();
    }

    private List<double[][]> sampled(Pass pass, double now) {
        RandomGenerator random = new Seed(pass.random().nextLong()).generator();
        return readers.stream()
                .map(of -> of.stream()
                        .map(reader -> reader.sampled(pass, now, random))
                        .toArray(double[][]::new))
                .toList();
    }

    @Override
    public INDArray backward(INDArray[] gradients, Pass pass) {
        Kept run = pass.load(kept);
        INDArray[] ofReaders = GradientSums.of(gradients, gradients.length).all();
        for (int s = stages.size() - 1; s >= 0; s--) {
            BranchCrossing crossing = run.crossings.get(s);
            if (pass.training()) {
                choose(readers.get(s), crossing, ofReaders, run.temperature, pass);
            }
            INDArray[] ofOutputs = crossing.backward(ofReaders);
            GradientSums below = new GradientSums(s == 0 ? 1 : ofOutputs.length);
            for (int j = 0; j < ofOutputs.length; j++) {
                if (ofOutputs[j] != null) {
                    below.add(s == 0 ? 0 : j, stages.get(s).get(j).backward(ofOutputs[j], pass));
                }
            }
            ofReaders = below.all();
        }
        return ofReaders[0];
    }

    private static void choose(
            List<BranchReader> readers, BranchCrossing crossing, INDArray[] gradients, double now, Pass pass) {
        double[][] ofWeights = crossing.weightGradients(gradients);
        for (int r = 0; r < gradients.length; r++) {
            if (gradients[r] != null) {
                readers.get(r).backward(crossing.weights()[r], ofWeights[r], now, pass);
            }
        }
    }

    /** The probability of each parent, for all examples. */
    @Override
    public List<SharingChoice> choices(Pass pass) {
        List<SharingChoice> choices = new ArrayList<>();
        for (int s = 0; s < stages.size(); s++) {
            List<String> sources = new ArrayList<>();
            for (int j = 0; j < spec.branches(); j++) {
                sources.add(Tree.branch(s, j));
            }
            for (BranchReader reader : readers.get(s)) {
                INDArray row = Nd4j.createFromArray(new double[][] {reader.probabilities(pass)});
                choices.add(new SharingChoice(reader.name(), sources, row));
            }
        }
        return List.copyOf(choices);
    }
}
