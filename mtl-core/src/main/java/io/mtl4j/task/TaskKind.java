package io.mtl4j.task;

/** What kind of answer a task gives. */
public enum TaskKind {
    /** Yes or no: one logit. */
    BINARY(Direction.HIGHER_IS_BETTER, "auc"),
    /** One of C classes: C logits. */
    MULTI_CLASS(Direction.HIGHER_IS_BETTER, "accuracy"),
    /** Any of C labels: C logits. */
    MULTI_LABEL(Direction.HIGHER_IS_BETTER, "f1-micro"),
    /** One or more real numbers. */
    REGRESSION(Direction.LOWER_IS_BETTER, "rmse"),
    /** One of C tags for each element of a sequence: {@code [time, C]} logits. */
    TAGGING(Direction.HIGHER_IS_BETTER, "f1-entity"),
    /** An order of the items of a list: a score for each, {@code [items, 1]} logits. */
    RANKING(Direction.HIGHER_IS_BETTER, "ndcg@10"),
    /** One of C classes for each pixel of a picture: {@code [C, height, width]} logits. */
    SEGMENTATION(Direction.HIGHER_IS_BETTER, "mean-iou"),
    /** One or more real numbers for each pixel of a picture: {@code [outputs, height, width]} logits. */
    PIXEL_REGRESSION(Direction.LOWER_IS_BETTER, "rmse"),
    /** A sequence of tokens of any length, written token by token. */
    SEQUENCE(Direction.HIGHER_IS_BETTER, "exact-match"),
    /** Something of the user's own. */
    CUSTOM(Direction.LOWER_IS_BETTER, "loss");

    private final Direction direction;
    private final String metric;

    TaskKind(Direction direction, String metric) {
        this.direction = direction;
        this.metric = metric;
    }

    /** {@return which way the main metric of such tasks is better} */
    public Direction direction() {
        return direction;
    }

    /** {@return the name of the main metric of such tasks} */
    public String metric() {
        return metric;
    }
}
