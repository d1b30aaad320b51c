package io.mtl4j.examples;

import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.transfer.Anchor;
import io.mtl4j.nn.transfer.Transfer;
import io.mtl4j.schedule.Schedules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A new question, from few answers: does the digit's line close a loop? */
final class FewLoops {

    private static final String TASK = "loop";
    private static final Set<Integer> LOOPS = Set.of(0, 6, 8, 9);

    private final TransferNets nets;
    private final TrainedDigits digits;
    private final MultiTaskData few;
    private final MultiTaskData judges;

    FewLoops(TransferNets nets, TrainedDigits digits, int labels) {
        this.nets = nets;
        this.digits = digits;
        this.few = data(digits.few(labels));
        this.judges = data(digits.judges());
    }

    private MultiTaskData data(LabeledPictures pictures) {
        int[] loops = IntStream.of(pictures.classes())
                .map(digit -> LOOPS.contains(digit) ? 1 : 0)
                .toArray();
        return MultiTaskData.of(nets.source(pictures, Map.of(TASK, Labels.classes(loops))));
    }

    /** The methods, each of which trains a model and tells its accuracy. */
    Map<String, Supplier<Double>> methods() {
        Map<String, Supplier<Double>> methods = new LinkedHashMap<>();
        methods.put(
                "from scratch",
                () -> learn(nets.model().task(Tasks.binary(TASK)).build(), trainer -> trainer));
        methods.put("frozen encoder", () -> learn(transferred(), t -> t.schedule(Schedules.frozenBelow(nets.depth()))));
        methods.put("fine-tuning", () -> learn(transferred(), trainer -> trainer));
        methods.put("L2-SP", () -> {
            MultiTaskModel model = transferred();
            return learn(model, t -> t.penalty(Anchor.at(digits.model()).penalty(model, nets.pull())));
        });
        return methods;
    }

    /** A model of the new task, with the encoder of the old one. */
    private MultiTaskModel transferred() {
        return Transfer.from(digits.model())
                .model(m -> m.task(Tasks.binary(TASK)).seed(nets.seed()));
    }

    private double learn(MultiTaskModel model, UnaryOperator<TrainerBuilder> settings) {
        nets.train(model, few, nets.newSteps(), settings);
        return Evaluator.evaluate(model, judges).task(TASK).metric("accuracy");
    }
}
