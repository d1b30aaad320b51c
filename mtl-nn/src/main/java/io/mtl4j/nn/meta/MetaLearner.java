package io.mtl4j.nn.meta;

import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.ModelHold;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.train.ModelPenalties;
import io.mtl4j.nn.train.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Learns initial parameters from which a model adapts to a new problem with few examples.
 *
 * <pre>{@code
 * Adaptation adaptation = Adaptation.of(5, 0.01);
 * MetaLearner.builder(model, Maml.exactly(), adaptation)
 *         .optimizer(new Adam(1e-3))
 *         .episodes(4)
 *         .steps(1000)
 *         .seed(7)
 *         .build()
 *         .fit(problems);
 * MultiTaskModel adapted = adaptation.adapt(model, fewExamples);
 * }</pre>
 *
 * <p>A step draws some episodes, takes the mean of their gradients with respect to the initial parameters, adds the gradients of
 * what the model's parameters pay for (L1, L2, ...), clips, and lets the optimiser move the initial parameters. The tasks of an
 * episode weigh the same. The same model, seed and source give the same result.
 */
public final class MetaLearner {

    private final MultiTaskModel model;
    private final MetaConfig config;

    MetaLearner(MultiTaskModel model, MetaConfig config) {
        Set<Integer> generators = model.network().generators().tasks();
        if (!generators.isEmpty()) {
            throw new IllegalArgumentException("meta-learning: task \""
                    + model.tasks().get(generators.iterator().next()).name()
                    + "\" has a generator, which takes steps of its own; leave the task out");
        }
        config.method().checkFits(config.adaptation());
        this.model = model;
        this.config = config;
    }

    /**
     * {@return a builder}
     *
     * @param model the model whose parameters are learned
     * @param method how
     * @param adaptation how the model adapts to an episode
     */
    public static MetaLearnerBuilder builder(MultiTaskModel model, MetaMethod method, Adaptation adaptation) {
        return new MetaLearnerBuilder(model, method, adaptation);
    }

    /**
     * Trains the model.
     *
     * @param source where episodes come from
     * @return what came out of each step
     * @throws IllegalArgumentException if an episode does not fit the model, or has no labels
     * @throws io.mtl4j.nn.train.TrainingDivergedException if a loss or gradient becomes NaN or infinite; the model then has the
     *     parameters and running statistics of the last good step
     */
    public List<MetaStep> fit(EpisodeSource source) {
        try (ModelHold hold = model.hold()) {
            return learn(source);
        }
    }

    private List<MetaStep> learn(EpisodeSource source) {
        Network network = model.network();
        Run run = new Run(
                new InnerLoop(model, config.adaptation()),
                Nd4j.zeros(network.type(), network.store().trained().length()),
                network.newGradients(),
                new ModelPenalties(network, List.of()),
                config.optimizer().start(network.store().layout(), network.type()));
        List<MetaStep> steps = new ArrayList<>();
        for (int step = 0; step < config.steps(); step++) {
            MetaStep done = run.step(source, step);
            steps.add(done);
            config.listener().accept(done);
        }
        return List.copyOf(steps);
    }

    /** What the steps have in common. */
    private final class Run {
        private final InnerLoop loop;
        private final INDArray sum;
        private final Gradients gradients;
        private final ModelPenalties penalties;
        private final Optimizer.Run optimizer;

        Run(InnerLoop loop, INDArray sum, Gradients gradients, ModelPenalties penalties, Optimizer.Run optimizer) {
            this.loop = loop;
            this.sum = sum;
            this.gradients = gradients;
            this.penalties = penalties;
            this.optimizer = optimizer;
        }

        MetaStep step(EpisodeSource source, int step) {
            List<INDArray> buffers = model.network().store().copyBuffers();
            try {
                return learnFrom(source, step);
            } catch (RuntimeException e) {
                model.network().store().assignBuffers(buffers);
                throw e;
            }
        }

        private MetaStep learnFrom(EpisodeSource source, int step) {
            sum.assign(0);
            double loss = 0;
            for (int i = 0; i < config.episodes(); i++) {
                Seed seed = new Seed(config.seed()).child(step).child(i);
                Episode episode = source.draw(seed.child(0).generator());
                loop.begin(seed.child(1));
                try {
                    loss += config.method().addGradient(loop, episode, sum) / config.episodes();
                } finally {
                    loop.end();
                }
            }
            INDArray flat = gradients.flat().assign(sum).divi(config.episodes());
            penalties.addTo(gradients);
            double norm = flat.norm2Number().doubleValue();
            if (!Double.isFinite(norm)) {
                throw config.diverged(model.tasks().get(0).name(), step, norm);
            }
            config.clipping().clip(flat, norm);
            double factor = config.learningRate().factor(step, config.steps());
            optimizer.update(loop.parameters(), flat, config.optimizer().learningRate() * factor, step);
            return new MetaStep(step, loss, norm);
        }
    }
}
