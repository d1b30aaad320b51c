package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Learning to branch: where in the encoder tasks part is learned with everything else. Every {@linkplain Encoder#stages
 * stage} has several branches, copies of it. Each branch of the next stage, and each task behind the last, has one parent
 * among them, and learns which. With the scores s of a reader, {@code [branches]}, it reads
 *
 * <pre>{@code
 * sum over j of d_j output_j,  d = softmax((s + g) / temperature),  g_j = -log(-log(u_j)),  u uniform in (0, 1)
 * }</pre>
 *
 * in training, with a fresh g for each batch, and the output with the largest {@code s_j} alone in predictions (Guo, Lee and
 * Ulbricht, "Learning to Branch for Multi-Task Learning", ICML 2020, equations 3 to 6: the Gumbel-softmax). Scores start at
 * 0. The temperature falls from its start by half every {@code halfLife} training passes until it reaches {@code lowest}; it
 * is a buffer of the model, so that a checkpoint goes on where it was; each input of a model with several has its own count.
 *
 * <p>Then take the tree that was found and train it anew, as the paper does:
 *
 * <pre>{@code
 * Tree tree = Tree.of(SharingReport.of(model, data).choices(), List.of("click", "buy"));
 * MultiTaskModel.builder()...sharing(tree)
 * }</pre>
 *
 * <p>All branches and their scores are shared, as any task may be led to them; the scores of a task are its own. A training
 * step costs the branches of all stages, a prediction only those on the way to its tasks. Deviations from the paper: all
 * stages have the same number of branches; the relaxed d is used in the forward pass too, where the paper has one-hot
 * samples; the temperature has a schedule of its own, by passes and not by epochs.
 *
 * @param branches copies of each stage, at least 2
 * @param temperature the temperature at the start, positive
 * @param lowest the lowest temperature, positive and at most the first
 * @param halfLife training passes in which the temperature halves, at least 1
 */
public record Branching(int branches, double temperature, double lowest, int halfLife) implements Sharing {

    /** Checks the values. */
    public Branching {
        Require.copies("branching: branches", branches, 2);
        Require.positive("branching: temperature", temperature);
        Require.positive("branching: lowest", lowest);
        Require.atLeast("branching: halfLife", halfLife, 1);
        if (lowest > temperature) {
            throw new IllegalArgumentException("branching: lowest = " + lowest + " where the temperature starts at "
                    + temperature + "; it must be at most that");
        }
    }

    /**
     * {@return the same with another schedule of the temperature}
     *
     * @param start the temperature at the start, positive
     * @param end the lowest temperature, positive and at most the first
     * @param half training passes in which the temperature halves, at least 1
     */
    public Branching annealed(double start, double end, int half) {
        return new Branching(branches, start, end, half);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        List<LayerSpec> specs = encoder.stages(input);
        List<List<Layer>> stages = new ArrayList<>();
        List<List<BranchReader>> readers = new ArrayList<>();
        Shape shape = input;
        for (int s = 0; s < specs.size(); s++) {
            List<Layer> layers = new ArrayList<>();
            List<BranchReader> ofStage = new ArrayList<>();
            for (int j = 0; j < branches; j++) {
                String name = "stage" + (s + 1) + ".branch" + j;
                Binder scope = binder.child(name).dataInput(s == 0 && !binder.inputNeedsGradient());
                if (s > 0) {
                    ofStage.add(new BranchReader(Tree.branch(s, j), scores(scope)));
                }
                layers.add(specs.get(s).bind(shape, scope));
            }
            stages.add(List.copyOf(layers));
            if (s > 0) {
                readers.add(List.copyOf(ofStage));
            }
            shape = layers.get(0).outputShape();
        }
        readers.add(IntStream.range(0, tasks.size())
                .mapToObj(k -> new BranchReader(
                        tasks.get(k),
                        scores(binder.child("task:" + tasks.get(k)).ownedBy(k))))
                .toList());
        return new BranchTrunk(
                this,
                List.copyOf(stages),
                List.copyOf(readers),
                binder.buffer("temperature", temperature, 1),
                binder.slot());
    }

    private Parameter scores(Binder scope) {
        return scope.bias("parent", Initializer.ZEROS, branches);
    }
}
