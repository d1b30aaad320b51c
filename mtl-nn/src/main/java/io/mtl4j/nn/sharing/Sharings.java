package io.mtl4j.nn.sharing;

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
}
