package io.mtl4j.nn.transfer;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a training ended, and how much it matters to stay there, parameter by parameter: what pulls a further training back.
 *
 * <pre>{@code
 * Anchor anchor = Anchor.at(trained, Fisher.drawn(1000, 7), oldData);
 * MultiTaskModel model = Transfer.from(trained).plus(Tasks.classification("clothes", 10));
 * Trainer.builder(model).penalty(anchor.penalty(model, 1000)).build().fit(newData);
 * }</pre>
 *
 * <p>The penalty is {@code λ/2 Σ_i F_i (θ_i - θ*_i)²} over the parameters that the two models have in common. With the {@linkplain
 * Fisher Fisher information} as F it is elastic weight consolidation (J. Kirkpatrick and others, "Overcoming Catastrophic Forgetting
 * in Neural Networks", PNAS 2017, equation 3): the old data are needed once, when the old training is done. With F = 1 it is
 * L2-SP, which keeps what was transferred near its start (X. Li, Y. Grandvalet, F. Davoine, "Explicit Inductive Bias for Transfer
 * Learning with Convolutional Networks", ICML 2018, equation 4 without its second term, the weight decay of what is new). Several
 * anchors make several penalties, which add up.
 */
public final class Anchor {

    private final MultiTaskModel place;
    private final Optional<INDArray[]> importance;

    private Anchor(MultiTaskModel place, Optional<INDArray[]> importance) {
        this.place = place;
        this.importance = importance;
    }

    /**
     * {@return an anchor to which all parameters matter alike, for L2-SP}
     *
     * @param trained the model, of which a copy is taken
     */
    public static Anchor at(MultiTaskModel trained) {
        return new Anchor(trained.copy(), Optional.empty());
    }

    /**
     * {@return an anchor to which parameters matter as the old tasks' data tell, for elastic weight consolidation}
     *
     * @param trained the model, of which a copy is taken
     * @param fisher how it is estimated
     * @param data examples with labels of the old tasks
     * @throws IllegalArgumentException if the data do not fit the model or have no labels
     */
    public static Anchor at(MultiTaskModel trained, Fisher fisher, MultiTaskData data) {
        INDArray diagonal = fisher.diagonal(trained, data);
        INDArray rest = trained.network().store().flat().like();
        INDArray[] views = trained.network().store().layout().views(diagonal, diagonal, rest);
        return new Anchor(trained.copy(), Optional.of(views));
    }

    /**
     * {@return a term of the training loss that pulls a model towards this anchor, for {@code TrainerBuilder.penalty}}
     *
     * @param model the model that is to be trained; arrays go together as in {@link Transfer}
     * @param strength λ, at least 0: with Fisher information often 10 to 10,000, for it is small; else about 0.001 to 1
     * @throws IllegalArgumentException if the models have no trained parameter in common
     */
    public ParameterPenalty penalty(MultiTaskModel model, double strength) {
        Require.nonNegative("anchor: strength", strength);
        List<Pull> pulls = Transfer.from(place).planFor(model).check(false).pairs().stream()
                .flatMap(pair -> pull(pair, model.network().type()).stream())
                .toList();
        if (pulls.isEmpty()) {
            throw new IllegalArgumentException("anchor: nothing that it holds is trained in this model; all of it is"
                    + " frozen, so leave the penalty out");
        }
        return new Elastic(strength, pulls);
    }

    private Optional<Pull> pull(TransferPlan.Pair pair, DataType type) {
        return pair.to().parameter().filter(Parameter::trained).flatMap(to -> {
            Parameter from = pair.from().parameter().orElseThrow();
            if (importance.isPresent() && !from.trained()) {
                return Optional.empty();
            }
            return Optional.of(new Pull(
                    to, pair.from().array().castTo(type), importance.map(all -> all[from.index()].castTo(type))));
        });
    }

    /** One parameter, where it belongs, and how much that matters; empty for 1. */
    private record Pull(Parameter parameter, INDArray place, Optional<INDArray> importance) {

        /** F (θ - θ*). */
        INDArray slope(INDArray value) {
            INDArray away = value.sub(place);
            importance.ifPresent(f -> away.muli(f));
            return away;
        }
    }

    private record Elastic(double strength, List<Pull> pulls) implements ParameterPenalty {

        @Override
        public double value(Function<Parameter, INDArray> values) {
            double sum = 0;
            for (Pull pull : pulls) {
                INDArray value = values.apply(pull.parameter);
                sum += pull.slope(value).muli(value.sub(pull.place)).sumNumber().doubleValue();
            }
            return strength / 2 * sum;
        }

        @Override
        public void addGradient(Function<Parameter, INDArray> values, Function<Parameter, INDArray> gradients) {
            for (Pull pull : pulls) {
                gradients
                        .apply(pull.parameter)
                        .addi(pull.slope(values.apply(pull.parameter)).muli(strength));
            }
        }
    }
}
