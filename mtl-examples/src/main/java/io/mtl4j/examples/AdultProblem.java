package io.mtl4j.examples;

import io.mtl4j.examples.compare.Problem;
import io.mtl4j.nn.model.ModelBuilder;
import java.util.List;
import java.util.Locale;

/**
 * The two questions of {@link AdultIncome} with its model, judged by the area under the ROC curve: far more people say no to
 * either than yes, so that accuracy would tell little.
 *
 * @param data the people; those for validation serve as held-out data
 */
record AdultProblem(AdultData data) implements Problem {

    @Override
    public String name() {
        return "adult";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%d people to train on, %d held out, %d to test on",
                data.train().size(),
                data.validation().size(),
                data.test().size());
    }

    @Override
    public List<String> tasks() {
        return List.of(AdultData.INCOME, AdultData.MARITAL_STATUS);
    }

    @Override
    public String metric() {
        return "auc";
    }

    @Override
    public ModelBuilder model(List<String> tasks, long seed) {
        return AdultIncome.modelOf(data, tasks, seed);
    }

    @Override
    public Parts parts(List<String> tasks) {
        return new Parts(
                data.answered(data.train(), tasks),
                data.answered(data.validation(), tasks),
                data.answered(data.test(), tasks));
    }
}
