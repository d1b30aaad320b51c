package io.mtl4j.nn.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.ArraySource;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.Labels;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SelectedSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.ActivityPenalty;
import io.mtl4j.nn.layer.GradientCheck;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.layer.Slopes;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterStore;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.nn.train.Trainer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class AnchorTest {

    private static MultiTaskModel model() {
        return Copies.scrambled(
                MultiTaskModel.builder()
                        .input(Shape.vector(3))
                        .encoder(Encoders.mlp()
                                .activation(Activation.TANH)
                                .batchNorm()
                                .dense(4)
                                .dropout(0.5)
                                .dense(3))
                        .task(Tasks.classification("kind", 3))
                        .task(Tasks.binary("yes"))
                        .dataType(DataType.DOUBLE)
                        .build(),
                7);
    }

    private static DataSource data(int size) {
        RandomGenerator random = GradientCheck.random(3);
        float[][] rows = new float[size][3];
        int[] kinds = new int[size];
        int[] answers = new int[size];
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 3; c++) {
                rows[i][c] = (float) random.nextGaussian();
            }
            kinds[i] = random.nextInt(3);
            answers[i] = i % 4 == 0 ? Labels.MISSING : random.nextInt(2);
        }
        return ArraySource.builder("input")
                .features(rows)
                .labels("kind", Labels.classes(kinds))
                .labels("yes", Labels.classes(answers))
                .build();
    }

    /** Of each example, from the answers alone. */
    private static double[] logLikelihoods(MultiTaskModel model, SourceBatch examples) {
        INDArray kinds = model.outputs("input", examples).get("kind");
        INDArray answers = model.outputs("input", examples).get("yes");
        double[] logs = new double[examples.size()];
        for (int i = 0; i < logs.length; i++) {
            double yes = examples.labels().get("yes").getDouble(i);
            double p = answers.getDouble(i, 0);
            logs[i] = Math.log(
                    kinds.getDouble(i, (int) examples.labels().get("kind").getDouble(i)));
            logs[i] += Double.isNaN(yes) ? 0 : Math.log(yes == 1 ? p : 1 - p);
        }
        return logs;
    }

    /** Squares of slopes that are found by predictions alone. */
    @Test
    void theEmpiricalFisherIsTheMeanOfSquaredSlopes() {
        MultiTaskModel model = model();
        DataSource data = data(6);
        INDArray theta = model.network().store().flat();
        double[] expected = new double[(int) theta.length()];
        SourceBatch examples = data.batch(IntStream.range(0, 6).toArray(), null);
        for (int i = 0; i < expected.length; i++) {
            for (double slope : Slopes.ofAll(() -> logLikelihoods(model, examples), theta, i)) {
                expected[i] += slope * slope / 6;
            }
        }
        INDArray statistics = model.network().store().flatBuffers(0).dup();
        INDArray found = Fisher.empirical(100, 1).diagonal(model, MultiTaskData.of(data));
        assertArrayEquals(expected, found.toDoubleVector(), 1e-6);
        assertEquals(statistics, model.network().store().flatBuffers(0));
        assertTrue(found.sumNumber().doubleValue() > 0.01);
    }

    /** For the logits' biases of a softmax, the information is the mean of p (1 - p), for yes/no as well. */
    @Test
    void drawnLabelsGiveTheFisherInformationItself() {
        MultiTaskModel model = model();
        DataSource data = data(250);
        INDArray found = Fisher.drawn(250, 2).diagonal(model, MultiTaskData.of(data));
        ParameterStore store = model.network().store();
        Parameter bias = store.layout().parameters().stream()
                .filter(p -> p.name().equals("head:kind.0.b"))
                .findFirst()
                .orElseThrow();
        SourceBatch all = data.batch(IntStream.range(0, 250).toArray(), null);
        INDArray probabilities = model.outputs("input", all).get("kind");
        INDArray expected = probabilities.mul(probabilities.rsub(1)).mean(0);
        for (int c = 0; c < 3; c++) {
            assertEquals(expected.getDouble(c), found.getDouble(store.layout().offset(bias) + c), 0.04);
        }
        INDArray fewer = Fisher.drawn(20, 2).diagonal(model, MultiTaskData.of(data));
        assertEquals(fewer, Fisher.drawn(20, 2).diagonal(model, MultiTaskData.of(data)));
        assertTrue(fewer.distance2(Fisher.drawn(20, 3).diagonal(model, MultiTaskData.of(data))) > 1e-6);
    }

    /** What layers pay for what they compute is no answer's likelihood. */
    @Test
    void penaltiesOfLayersDoNotCount() {
        MultiTaskModel free = classifier(Encoders.mlp().dense(4));
        MultiTaskModel pays = classifier(Encoders.mlp().dense(4).then(new ActivityPenalty(0.3, 0.8)));
        Snapshot.of(free).restore(pays);
        INDArray expected = Fisher.empirical(20, 1).diagonal(free, MultiTaskData.of(data(20)));
        INDArray found = Fisher.empirical(20, 1).diagonal(pays, MultiTaskData.of(data(20)));
        assertArrayEquals(expected.toDoubleVector(), found.toDoubleVector(), 1e-12);
    }

    private static MultiTaskModel classifier(Encoder encoder) {
        return MultiTaskModel.builder()
                .input(Shape.vector(3))
                .encoder(encoder)
                .task(Tasks.classification("kind", 3))
                .task(Tasks.binary("yes"))
                .dataType(DataType.DOUBLE)
                .seed(2)
                .build();
    }

    /** The yes/no answer of the first example is not known, and no label is drawn for it. */
    @Test
    void noLabelIsDrawnWhereOneIsMissing() {
        MultiTaskModel model = model();
        DataSource first = new SelectedSource(data(4), 0);
        INDArray found = Fisher.drawn(1, 2).diagonal(model, MultiTaskData.of(first));
        ParameterStore store = model.network().store();
        for (Parameter p : store.layout().parameters()) {
            if (p.name().startsWith("head:")) {
                double slope = found.getDouble(store.layout().offset(p));
                assertEquals(p.name().startsWith("head:yes"), slope == 0, p.name() + ' ' + slope);
            }
        }
    }

    @Test
    void anAnchorOfOtherPrecisionPulls() {
        MultiTaskModel trained = model();
        Anchor anchor = Anchor.at(trained, Fisher.empirical(20, 1), MultiTaskData.of(data(20)));
        MultiTaskModel single = MultiTaskModel.of(trained.architecture(), DataType.FLOAT, 1);
        ParameterPenalty penalty = anchor.penalty(single, 3);
        INDArray gradient = Nd4j.zeros(DataType.FLOAT, single.parameterCount());
        INDArray[] views = single.network().store().layout().views(gradient);
        penalty.addGradient(p -> single.network().store().values()[p.index()], p -> views[p.index()]);
        assertTrue(value(penalty, single) > 0);
        assertTrue(gradient.norm2Number().doubleValue() > 0);
    }

    @Test
    void thePenaltysGradientIsItsSlope() {
        MultiTaskModel trained = model();
        Anchor anchor = Anchor.at(trained, Fisher.empirical(20, 1), MultiTaskData.of(data(20)));
        MultiTaskModel larger = Transfer.from(trained).plus(Tasks.regression("size", 2));
        ParameterPenalty none = anchor.penalty(larger, 3);
        assertEquals(0, value(none, larger));
        Copies.scrambled(larger, 11);
        slopesMatch(anchor.penalty(larger, 3), larger);
        slopesMatch(Anchor.at(trained).penalty(larger, 0.5), larger);
    }

    private static double value(ParameterPenalty penalty, MultiTaskModel model) {
        return penalty.value(p -> model.network().store().values()[p.index()]);
    }

    private static void slopesMatch(ParameterPenalty penalty, MultiTaskModel model) {
        ParameterStore store = model.network().store();
        INDArray gradient = Nd4j.zeros(DataType.DOUBLE, store.flat().length());
        INDArray[] views = store.layout().views(gradient);
        penalty.addGradient(p -> store.values()[p.index()], p -> views[p.index()]);
        double norm = 0;
        for (long i = 0; i < gradient.length(); i++) {
            double slope = Slopes.of(() -> value(penalty, model), store.flat(), i);
            assertEquals(slope, gradient.getDouble(i), 1e-7);
            norm += Math.abs(slope);
        }
        assertTrue(norm > 0.01);
        assertEquals(0, newHead(store, views));
    }

    /** What the source does not have is not held. */
    private static double newHead(ParameterStore store, INDArray[] views) {
        return store.layout().parameters().stream()
                .filter(p -> p.name().startsWith("head:size."))
                .mapToDouble(p -> views[p.index()].norm1Number().doubleValue())
                .sum();
    }

    @Test
    void l2SpIsHalfTheSquaredDistance() {
        MultiTaskModel trained = model();
        MultiTaskModel other = Copies.scrambled(model(), 12);
        double distance = trained.network()
                .store()
                .flat()
                .distance2(other.network().store().flat());
        assertEquals(0.3 / 2 * distance * distance, value(Anchor.at(trained).penalty(other, 0.3), other), 1e-9);
        double before = value(Anchor.at(trained).penalty(other, 0.3), other);
        Anchor anchor = Anchor.at(trained);
        Copies.scrambled(trained, 13);
        assertEquals(before, value(anchor.penalty(other, 0.3), other)); // the anchor is where the model was
    }

    @Test
    void aTrainerPaysIt() {
        MultiTaskModel free = model();
        MultiTaskModel held = model();
        MultiTaskModel start = model();
        MultiTaskData data = MultiTaskData.of(data(32));
        Anchor anchor = Anchor.at(start);
        Trainer.builder(free).optimizer(new Sgd(0.1)).epochs(30).build().fit(data);
        Trainer.builder(held)
                .optimizer(new Sgd(0.1))
                .epochs(30)
                .penalty(anchor.penalty(held, 5))
                .build()
                .fit(data);
        assertTrue(distance(held, start) < 0.5 * distance(free, start));
    }

    private static double distance(MultiTaskModel one, MultiTaskModel two) {
        return one.network().store().flat().distance2(two.network().store().flat());
    }

    @Test
    void whatCannotBeIsRefused() {
        MultiTaskModel model = model();
        assertEquals(
                "Fisher information: labels of task \"size\" of kind REGRESSION cannot be drawn; take those of the"
                        + " data: Fisher.empirical(...)",
                assertThrows(IllegalArgumentException.class, () -> {
                            MultiTaskModel values = MultiTaskModel.builder()
                                    .input(Shape.vector(1))
                                    .encoder(Encoders.mlp().dense(2))
                                    .task(Tasks.regression("size", 1))
                                    .build();
                            DataSource source = ArraySource.builder("input")
                                    .features(new float[][] {{1}})
                                    .labels("size", Labels.values(1))
                                    .build();
                            Fisher.drawn(1, 1).diagonal(values, MultiTaskData.of(source));
                        })
                        .getMessage());
        DataSource bare = ArraySource.builder("input").features(new float[2][3]).build();
        assertEquals(
                "Fisher information: no example of input \"input\" has a label of the tasks [kind, yes]; give examples"
                        + " with labels",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Fisher.empirical(5, 1).diagonal(model, MultiTaskData.of(bare)))
                        .getMessage());
        MultiTaskModel frozen = Transfer.from(model)
                .model(m -> m.sharing(Sharings.adapters(2).frozen()).task(Tasks.binary("new")));
        assertEquals(
                "anchor: nothing that it holds is trained in this model; all of it is frozen, so leave the penalty out",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Anchor.at(model).penalty(frozen, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Anchor.at(model).penalty(model(), -1));
    }
}
