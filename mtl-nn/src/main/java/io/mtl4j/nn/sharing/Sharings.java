package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import java.util.List;

/** The ways of sharing that the library has, for {@code MultiTaskModel.builder().sharing(...)}. */
public final class Sharings {

    private Sharings() {}

    /** {@return one encoder for all tasks: what a model has unless told otherwise} */
    public static HardSharing hard() {
        return new HardSharing();
    }

    /**
     * {@return copies of the encoder, mixed for each task by a gate of its own}
     *
     * @param experts number of copies, at least 1
     */
    public static Mmoe mmoe(int experts) {
        return new Mmoe(experts);
    }

    /**
     * {@return copies of the encoder for all tasks and for each task alone, mixed for each task by a gate of its own}
     *
     * @param sharedExperts number of copies that serve all tasks, at least 1
     * @param taskExperts number of copies that serve one task, for each of the tasks, at least 1
     */
    public static Cgc cgc(int sharedExperts, int taskExperts) {
        return new Cgc(sharedExperts, taskExperts);
    }

    /**
     * {@return such experts for each stage of the encoder, level upon level}
     *
     * @param sharedExperts number of experts of a level that serve all tasks, at least 1
     * @param taskExperts number of experts of a level that serve one task, for each of the tasks, at least 1
     */
    public static Ple ple(int sharedExperts, int taskExperts) {
        return new Ple(sharedExperts, taskExperts, 0);
    }

    /**
     * {@return the same with a given number of levels, among which the encoder's stages are dealt out}
     *
     * @param sharedExperts number of experts of a level that serve all tasks, at least 1
     * @param taskExperts number of experts of a level that serve one task, for each of the tasks, at least 1
     * @param levels number of levels, at least 1 and at most the number of stages
     */
    public static Ple ple(int sharedExperts, int taskExperts, int levels) {
        return new Ple(sharedExperts, taskExperts, Require.copies("ple: levels", levels, 1));
    }

    /**
     * {@return copies of the encoder, of which training chooses a few for each task: with gamma 1, entropies that count
     * 0.001, and the same choice for all examples}
     *
     * @param experts number of copies, at least 2
     * @param selected number of copies that a task takes at most
     */
    public static DSelectK dselectK(int experts, int selected) {
        return new DSelectK(experts, selected, 1, 1e-3, false);
    }

    /**
     * {@return branches of every stage of the encoder, among which tasks learn their way: at a temperature that falls from 5
     * to 0.5, by half every 500 training passes}
     *
     * @param branches copies of each stage, at least 2
     */
    public static Branching branching(int branches) {
        return new Branching(branches, 5, 0.5, 500);
    }

    /**
     * {@return one encoder, over whose steps or pixels each task attends with a query of its own}
     *
     * @param heads number of attention heads, a divisor of the number of features
     */
    public static TaskAttention taskAttention(int heads) {
        return new TaskAttention(heads, false);
    }

    /** {@return one encoder with a branch for each task, which enrich each other by attention with one head} */
    public static Care care() {
        return new Care(1);
    }

    /**
     * {@return the same with several heads}
     *
     * @param heads number of attention heads, a divisor of the number of features
     */
    public static Care care(int heads) {
        return new Care(heads);
    }

    /**
     * {@return a fixed tree of the encoder's stages}
     *
     * @param branches for each stage and task the number of its branch
     */
    public static Tree tree(List<List<Integer>> branches) {
        return new Tree(branches);
    }

    /**
     * {@return a copy of the encoder for each task, and units behind each stage by which tasks read one another's; one number
     * for each pair of tasks unless told otherwise}
     */
    public static CrossStitch crossStitch() {
        return CrossStitch.start();
    }

    /**
     * {@return an encoder for each task, and a term in the training loss that pulls them towards each other: their squared
     * distances unless told otherwise}
     *
     * @param strength coefficient of the term, at least 0
     */
    public static SoftSharing soft(double strength) {
        return new SoftSharing(SoftSharing.Kind.DISTANCE, strength);
    }

    /**
     * {@return a copy of the encoder for each task, whose stages' outputs are divided into subspaces that tasks combine}
     *
     * @param subspaces number of subspaces, at least 1; it must divide the features of each stage's output
     */
    public static Sluice sluice(int subspaces) {
        return Sluice.start(subspaces);
    }

    /** {@return one encoder that tasks read at different depths: all at its last stage unless told otherwise} */
    public static Hierarchical hierarchical() {
        return new Hierarchical(List.of(), List.of());
    }

    /** {@return one encoder, and for each task masks on what its stages compute} */
    public static Mtan mtan() {
        return new Mtan();
    }

    /**
     * {@return one encoder, and for each task small residual blocks behind its stages}
     *
     * @param bottleneck number of features inside a block, at least 1
     */
    public static Adapters adapters(int bottleneck) {
        return new Adapters(bottleneck, false);
    }
}
