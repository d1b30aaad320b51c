package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sluice networks: a copy of the encoder for each task; what each {@linkplain Encoder#stages stage} computes is divided into
 * subspaces of features, and every subspace that a task goes on with is a combination of all subspaces of all tasks. At the
 * end each task reads a combination of what it had behind its stages:
 *
 * <pre>{@code
 * x'_ts = sum over tasks j and subspaces r of alpha_(ts,jr) x_jr
 * representation_t = sum over stages l of beta_tl x'_t at stage l
 * loss + orthogonality * sum over stages, tasks and pairs r < s of mean((x_trᵀ x_ts / n)²)
 * }</pre>
 *
 * <p>(Ruder, Bingel, Augenstein and Søgaard, "Latent Multi-task Architecture Learning", AAAI 2019, section 3.) The penalty
 * lets a task's subspaces differ, so that one can be shared and another not. Its n rows are the examples of a batch, the real
 * steps of their sequences or the pixels of their pictures. Only stages whose output has the shape of the last one's take
 * part in the last combination; where there is none besides the last, as in most networks of convolutions, there are no
 * betas.
 *
 * <p>Alphas start with {@code own} for a subspace itself and equal parts of what is left to 1 for the others, betas with
 * {@code own} for the last stage. Deviations from the paper: the penalty is a mean over rows and pairs of features, so that it
 * grows with neither batch nor layers; any number of subspaces. Alphas behind the last stage and betas belong to their task;
 * all else is shared.
 *
 * @param subspaces number of subspaces, 1 to 1,024; it must divide the features of each stage's output
 * @param orthogonality coefficient of the penalty, at least 0
 * @param own what a subspace starts with of itself, from 0 to 1
 */
public record Sluice(int subspaces, double orthogonality, double own) implements Sharing {

    /** Checks the values. */
    public Sluice {
        Require.copies("sluice: subspaces", subspaces, 1);
        Require.nonNegative("sluice: orthogonality", orthogonality);
        Require.within("sluice: own", own, 0, 1);
    }

    static Sluice start(int subspaces) {
        return new Sluice(subspaces, 0.01, 0.9);
    }

    /**
     * {@return this network with another penalty}
     *
     * @param coefficient at least 0, for none; 0.01 unless set
     */
    public Sluice orthogonality(double coefficient) {
        return new Sluice(subspaces, coefficient, own);
    }

    /**
     * {@return this network with another start}
     *
     * @param share what a subspace starts with of itself, from 0 to 1; 0.9 unless set
     */
    public Sluice own(double share) {
        return new Sluice(subspaces, orthogonality, share);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        List<LayerSpec> stages = encoder.stages(input);
        Columns columns = Columns.of(tasks, stages);
        List<List<Integer>> behind = columns.build(
                (stage, outputs) -> columns.stitch(stage, apart(columns, stage, outputs), subspaces, own));
        List<Integer> alike = likeTheLast(stages, input);
        List<Integer> last = behind.get(behind.size() - 1);
        return columns.wiring().bind(input, alike.size() == 1 ? last : skip(columns, behind, alike), binder);
    }

    private List<Integer> apart(Columns columns, int stage, List<Integer> outputs) {
        if (orthogonality == 0 || subspaces == 1) {
            return outputs;
        }
        LayerSpec penalty = new SubspaceOrthogonality(subspaces, orthogonality);
        return IntStream.range(0, outputs.size())
                .mapToObj(
                        k -> columns.wiring().layer(columns.name(k, "orthogonality" + stage), penalty, outputs.get(k)))
                .toList();
    }

    /** The stages whose output has the shape of the last one's, which is among them. */
    private static List<Integer> likeTheLast(List<LayerSpec> stages, Shape input) {
        List<Shape> shapes = Columns.shapes(stages, input);
        return IntStream.range(0, shapes.size())
                .filter(i -> shapes.get(i).equals(shapes.get(shapes.size() - 1)))
                .boxed()
                .toList();
    }

    private List<Integer> skip(Columns columns, List<List<Integer>> behind, List<Integer> alike) {
        List<String> sources = alike.stream().map(i -> "stage " + (i + 1)).toList();
        return IntStream.range(0, columns.tasks().size())
                .mapToObj(k -> {
                    List<Integer> own =
                            alike.stream().map(i -> behind.get(i).get(k)).toList();
                    int all = columns.wiring().join(columns.name(k, "stages"), new Subspaces(1), own);
                    Stitch beta = new Stitch(columns.tasks().get(k), sources, sources.size() - 1, 1, this.own);
                    return columns.wiring().join(columns.name(k, "skip"), beta, List.of(all));
                })
                .toList();
    }
}
