package io.mtl4j.nn.head;

import java.util.List;

/**
 * The losses that come with the library. For classes and tags: {@link #crossEntropy()}, {@link #focal}; for yes/no and
 * several labels: {@link #binaryCrossEntropy()}, {@link #binaryFocal}; for real values: {@link #meanSquaredError}, {@link
 * #meanAbsoluteError}, {@link #huber}; for rankings: {@link #rankNet()}, {@link #lambdaRank()}; for critics: {@link
 * #nonSaturating}, {@link #wasserstein}. Any loss on logits can be {@link #tempered}, to learn from a teacher.
 */
public final class Losses {

    private static final double PAPER_ALPHA = 0.25;

    private Losses() {}

    /** {@return cross-entropy, without label smoothing or class weights} */
    public static CrossEntropy crossEntropy() {
        return new CrossEntropy(0, List.of());
    }

    /** {@return cross-entropy of yes/no answers, where yes and no weigh the same} */
    public static BinaryCrossEntropy binaryCrossEntropy() {
        return new BinaryCrossEntropy(List.of());
    }

    /**
     * {@return cross-entropy of yes/no answers}
     *
     * @param positiveWeight how much more a yes weighs than a no, at least 0
     */
    public static BinaryCrossEntropy binaryCrossEntropy(double positiveWeight) {
        return new BinaryCrossEntropy(List.of(positiveWeight));
    }

    /** {@return the negative log-likelihood of a conditional random field; {@link TaskHead#crf()} makes its head} */
    public static CrfLoss crf() {
        return new CrfLoss();
    }

    /**
     * {@return the focal loss for classes and tags, without class weights}
     *
     * @param gamma how much less a right answer counts, at least 0; 2 is usual
     */
    public static FocalLoss focal(double gamma) {
        return new FocalLoss(gamma, List.of());
    }

    /**
     * {@return the focal loss for yes/no answers, with the α = 0.25 of its paper}
     *
     * @param gamma how much less a right answer counts, at least 0; 2 is usual
     */
    public static BinaryFocalLoss binaryFocal(double gamma) {
        return new BinaryFocalLoss(gamma, PAPER_ALPHA);
    }

    /** {@return the pairwise loss of rankings in which all pairs of items weigh the same} */
    public static RankNet rankNet() {
        return new RankNet();
    }

    /** {@return the pairwise loss of rankings in which pairs weigh more that matter more for the first places} */
    public static LambdaRank lambdaRank() {
        return new LambdaRank();
    }

    /** {@return the loss of a critic and its generator, in the form whose gradient does not vanish} */
    public static NonSaturatingLoss nonSaturating() {
        return new NonSaturatingLoss();
    }

    /** {@return the loss of a critic that estimates the distance between data and generated examples} */
    public static WassersteinLoss wasserstein() {
        return new WassersteinLoss();
    }

    /**
     * {@return a loss on logits that are divided by a temperature, for labels that a teacher gives at the same temperature}
     *
     * @param loss the loss
     * @param temperature above 0
     */
    public static TemperedLoss tempered(LossFunction loss, double temperature) {
        return new TemperedLoss(loss, temperature);
    }

    /** {@return the mean of squared errors} */
    public static MeanSquaredError meanSquaredError() {
        return new MeanSquaredError();
    }

    /** {@return the mean of absolute errors} */
    public static MeanAbsoluteError meanAbsoluteError() {
        return new MeanAbsoluteError();
    }

    /**
     * {@return the Huber loss}
     *
     * @param delta the error above which the loss grows linearly, above 0
     */
    public static Huber huber(double delta) {
        return new Huber(delta);
    }
}
