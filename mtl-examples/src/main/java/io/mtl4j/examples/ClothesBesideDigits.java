package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.transfer.Anchor;
import io.mtl4j.nn.transfer.Distillation;
import io.mtl4j.nn.transfer.Fisher;
import io.mtl4j.nn.transfer.RehearsalMemory;
import io.mtl4j.nn.transfer.Transfer;
import io.mtl4j.nn.transfer.Unlabeled;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.weighting.Weightings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A model that knows digits learns to know clothes, with the same encoder, when the digits' data are gone. */
final class ClothesBesideDigits {

    private static final String CLOTHES = "clothes";
    private static final int CLASSES = 10;
    private static final double HELD_OUT = 0.2;

    private final TransferNets nets;
    private final Settings settings;
    private final TrainedDigits digits;
    private final LabeledPictures train;
    private final MultiTaskData judges;

    /** How hard methods hold on to the past. */
    record Settings(double distillation, double temperature, int memory, double share, double elastic, int fisher) {}

    /** What a method gives. */
    record Accuracies(double old, double added) {}

    ClothesBesideDigits(
            TransferNets nets, Settings settings, TrainedDigits digits, ImageDataSet clothes, boolean judgedOnTest) {
        this.nets = nets;
        this.settings = settings;
        this.digits = digits;
        Split split = Splits.stratifiedHoldOut(clothes.train().classes(), HELD_OUT, nets.seed());
        this.train = clothes.train().subset(split.train());
        LabeledPictures judging =
                judgedOnTest ? clothes.test() : clothes.train().subset(split.test());
        this.judges = MultiTaskData.of(nets.source(judging, Map.of(CLOTHES, judging.labels())));
    }

    private DataSource clothes() {
        return nets.source(train, Map.of(CLOTHES, train.labels()));
    }

    /** The new pictures, of which nobody says what digit they are. */
    private MultiTaskData clothesOnly() {
        return MultiTaskData.of(new Unlabeled(clothes(), TrainedDigits.TASK));
    }

    /** The methods, each of which trains a model of both tasks. */
    Map<String, Function<MultiTaskModel, Accuracies>> methods() {
        Map<String, UnaryOperator<MultiTaskModel>> methods = new LinkedHashMap<>();
        methods.put("fine-tuning", m -> train(m, t -> t));
        methods.put("frozen encoder", m -> train(m, t -> t.schedule(Schedules.frozenBelow(nets.depth()))));
        methods.put(
                "L2-SP", m -> train(m, t -> t.penalty(Anchor.at(digits.model()).penalty(m, nets.pull()))));
        methods.put("EWC", m -> train(m, t -> t.penalty(elastic().penalty(m, settings.elastic))));
        methods.put("rehearsal", this::rehearse);
        methods.put("distillation", this::distill);
        Map<String, Function<MultiTaskModel, Accuracies>> judged = new LinkedHashMap<>();
        methods.forEach((name, method) -> judged.put(name, m -> judge(method.apply(m))));
        return judged;
    }

    MultiTaskModel larger() {
        return Transfer.from(digits.model()).plus(Tasks.classification(CLOTHES, CLASSES));
    }

    private Anchor elastic() {
        return Anchor.at(digits.model(), Fisher.drawn(settings.fisher, nets.seed()), digits.knownData());
    }

    private MultiTaskModel train(MultiTaskModel model, UnaryOperator<TrainerBuilder> more) {
        nets.train(model, clothesOnly(), nets.newSteps(), more);
        return model;
    }

    private MultiTaskModel rehearse(MultiTaskModel model) {
        RehearsalMemory memory = RehearsalMemory.of(
                digits.knownData().sources().get(0), digits.model().tasks().get(0), settings.memory, nets.seed());
        DataSource both = memory.beside(clothes(), settings.share);
        nets.train(model, MultiTaskData.of(both), nets.newSteps(), t -> t);
        return model;
    }

    private MultiTaskModel distill(MultiTaskModel model) {
        MultiTaskData data = clothesOnly();
        Distillation.of(digits.model())
                .temperature(settings.temperature)
                .train(
                        model,
                        data,
                        m -> nets.trainer(m, data, nets.newSteps())
                                .weighting(Weightings.fixed(
                                        Map.of(TrainedDigits.TASK, settings.distillation, CLOTHES, 1.0))));
        return model;
    }

    private Accuracies judge(MultiTaskModel model) {
        double added = Evaluator.evaluate(model, judges).task(CLOTHES).metric("accuracy");
        return new Accuracies(digits.accuracy(model), added);
    }
}
