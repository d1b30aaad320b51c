package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Predictor;
import java.util.Map;

/** A model that knows digits, and pictures for what comes after. */
final class TrainedDigits {

    static final String TASK = "digit";

    private static final int CLASSES = 10;

    private final TransferNets nets;
    private final LabeledPictures known;
    private final LabeledPictures spare;
    private final LabeledPictures judges;
    private final MultiTaskModel model;

    /**
     * Trains it.
     *
     * @param known pictures to train on at most; at most half of all
     * @param tests pictures to judge on at most
     * @param judgedOnTest whether those are test pictures, or training pictures that no one trains on
     */
    TrainedDigits(ImageDataSet digits, TransferNets nets, int known, int tests, boolean judgedOnTest) {
        this.nets = nets;
        LabeledPictures all = digits.train();
        Split half = part(all, Math.min(known, all.size() / 2));
        this.known = all.subset(half.test());
        LabeledPictures others = all.subset(half.train());
        Split rest = part(others, Math.min(tests, others.size() / 2));
        this.spare = others.subset(rest.train());
        this.judges = judgedOnTest ? digits.test().limit(tests) : others.subset(rest.test());
        this.model = nets.model().task(Tasks.classification(TASK, CLASSES)).build();
        nets.train(model, knownData(), nets.oldSteps(), trainer -> trainer);
    }

    private Split part(LabeledPictures pictures, int count) {
        return Splits.stratifiedHoldOut(pictures.classes(), (double) count / pictures.size(), nets.seed());
    }

    /** What the model was trained on. */
    MultiTaskData knownData() {
        return MultiTaskData.of(nets.source(known, Map.of(TASK, known.labels())));
    }

    /** As many of each digit, of pictures that the model has not seen. */
    LabeledPictures few(int count) {
        return spare.subset(part(spare, count).test());
    }

    LabeledPictures judges() {
        return judges;
    }

    MultiTaskModel model() {
        return model;
    }

    /** The accuracy of a model on digits. */
    double accuracy(Predictor predictor) {
        MultiTaskData data = MultiTaskData.of(nets.source(judges, Map.of(TASK, judges.labels())));
        return Evaluator.evaluate(predictor, data).task(TASK).metric("accuracy");
    }
}
