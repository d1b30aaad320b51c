package io.mtl4j.nn.train;

import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.data.Sampling;
import io.mtl4j.data.Samplings;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.schedule.EarlyStopping;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.schedule.Schedules;
import io.mtl4j.schedule.TrainingSchedule;
import io.mtl4j.weighting.LossWeighting;
import io.mtl4j.weighting.Weightings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Builds a {@link Trainer}. Unless set: equal weights, no aggregation, Adam at 1e-3, a constant learning rate, 10 epochs,
 * batches of 64, the longest data set sets the epoch, no clipping, no early stopping, seed 0.
 */
public final class TrainerBuilder {

    private final MultiTaskModel model;
    private LossWeighting weighting = Weightings.equal();
    private Optional<Aggregator> aggregation = Optional.empty();
    private Optimizer optimizer = new UpdaterOptimizer(new Adam(1e-3));
    private LearningRate learningRate = LearningRate.constant();
    private LearningRates learningRates = LearningRates.SAME;
    private TrainingSchedule schedule = Schedules.joint();
    private int epochs = 10;
    private int batchSize = 64;
    private final Map<String, Integer> batchSizes = new HashMap<>();
    private Sampling sampling = Samplings.longest();
    private final List<ParameterPenalty> penalties = new ArrayList<>();
    private GradientClipping clipping = GradientClipping.none();
    private Optional<EarlyStopping> earlyStopping = Optional.empty();
    private Optional<MultiTaskData> heldOut = Optional.empty();
    private Hypergradients hypergradients = Hypergradients.FINITE_DIFFERENCES;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Optional<Checkpoints> checkpoints = Optional.empty();
    private OnDivergence onDivergence = OnDivergence.stop();
    private BatchTransform transform = BatchTransform.NONE;
    private Execution execution = Execution.here();
    private int diagnosticsEvery;
    private long seed;

    TrainerBuilder(MultiTaskModel model) {
        this.model = Objects.requireNonNull(model, "model");
    }

    /** {@return the model that will be trained} */
    public MultiTaskModel model() {
        return model;
    }

    /**
     * Sets how losses become weights; see {@link Weightings}.
     *
     * @param value a fresh one: it remembers what it learns in a training
     * @return this
     */
    public TrainerBuilder weighting(LossWeighting value) {
        this.weighting = Objects.requireNonNull(value, "weighting");
        return this;
    }

    /**
     * Sets how the tasks' gradients become a direction; see {@link io.mtl4j.aggregation.Aggregations}. With a weighting
     * set as well, the weights multiply the gradients first.
     *
     * @param value a fresh one: it remembers what it learns in a training
     * @return this
     */
    public TrainerBuilder aggregation(Aggregator value) {
        this.aggregation = Optional.of(value);
        return this;
    }

    /**
     * Sets the optimiser to one of DL4J's updaters.
     *
     * @param updater such as {@code new Adam(1e-3)}, without a schedule of its own
     * @return this
     * @throws IllegalArgumentException if its learning rate is not positive and finite, or follows a schedule
     */
    public TrainerBuilder optimizer(IUpdater updater) {
        return optimizer(new UpdaterOptimizer(updater));
    }

    /**
     * Sets the optimiser.
     *
     * @param value such as {@link AdamW}
     * @return this
     */
    public TrainerBuilder optimizer(Optimizer value) {
        this.optimizer = Objects.requireNonNull(value, "optimizer");
        return this;
    }

    /**
     * Sets the curve of the learning rate.
     *
     * @param value a factor on the optimiser's rate
     * @return this
     */
    public TrainerBuilder learningRate(LearningRate value) {
        this.learningRate = Objects.requireNonNull(value, "learningRate");
        return this;
    }

    /**
     * Sets what multiplies the updates of the parameters that one task owns, such as those of its head.
     *
     * @param task the task's name
     * @param factor at least 0; 1 unless set
     * @return this
     * @throws IllegalArgumentException if there is no such task
     */
    public TrainerBuilder taskLearningRate(String task, double factor) {
        model.tasks().indexOf(task);
        this.learningRates = learningRates.with(task, factor);
        return this;
    }

    /**
     * Lets layers of the encoder learn the slower the nearer they are to the input: of n layers with parameters, the i-th
     * from the top has updates of {@code decay^i} times their size. Of use when the encoder comes from another model.
     *
     * @param decay above 0, at most 1; 1 unless set
     * @return this
     */
    public TrainerBuilder layerDecay(double decay) {
        this.learningRates = learningRates.with(decay);
        return this;
    }

    /**
     * Sets what trains when; everything in every step unless set. See {@link Schedules}.
     *
     * @param value a fresh one: it may remember how far a training has come
     * @return this
     */
    public TrainerBuilder schedule(TrainingSchedule value) {
        this.schedule = Objects.requireNonNull(value, "schedule");
        return this;
    }

    /**
     * Sets the number of epochs.
     *
     * @param value at least 1
     * @return this
     */
    public TrainerBuilder epochs(int value) {
        this.epochs = value;
        return this;
    }

    /**
     * Sets the number of examples of each input in a step.
     *
     * @param value at least 1
     * @return this
     */
    public TrainerBuilder batchSize(int value) {
        this.batchSize = value;
        return this;
    }

    /**
     * Sets the number of examples of one input in a step.
     *
     * @param input the input's name
     * @param value at least 1
     * @return this
     */
    public TrainerBuilder batchSize(String input, int value) {
        model.architecture().indexOfInput(input);
        batchSizes.put(input, value);
        return this;
    }

    /**
     * Sets which inputs take part in a step and when an epoch ends; see {@link Samplings}.
     *
     * @param value the sampling
     * @return this
     */
    public TrainerBuilder sampling(Sampling value) {
        this.sampling = Objects.requireNonNull(value, "sampling");
        return this;
    }

    /**
     * Adds something that the model's parameters pay for, besides the tasks' losses, such as the distance from where another
     * training ended. Its gradient joins each step after the tasks' gradients were weighted or combined; losses told to
     * listeners leave it out.
     *
     * @param value a penalty made for this model
     * @return this
     */
    public TrainerBuilder penalty(ParameterPenalty value) {
        penalties.add(Objects.requireNonNull(value, "penalty"));
        return this;
    }

    /**
     * Bounds the gradient.
     *
     * @param value the bound
     * @return this
     */
    public TrainerBuilder clipping(GradientClipping value) {
        this.clipping = Objects.requireNonNull(value, "clipping");
        return this;
    }

    /**
     * Sets the stop rule, which needs validation data.
     *
     * @param value the rule
     * @return this
     */
    public TrainerBuilder earlyStopping(EarlyStopping value) {
        this.earlyStopping = Optional.of(value);
        return this;
    }

    /**
     * Sets the data from which meta-learned weights learn: neither training nor validation data.
     *
     * @param value the data
     * @return this
     */
    public TrainerBuilder heldOut(MultiTaskData value) {
        this.heldOut = Optional.of(value);
        return this;
    }

    /**
     * Sets how the derivatives for meta-learned weights are computed; by finite differences unless set.
     *
     * @param value how
     * @return this
     */
    public TrainerBuilder hypergradients(Hypergradients value) {
        this.hypergradients = Objects.requireNonNull(value, "hypergradients");
        return this;
    }

    /**
     * Sets what is done to each batch before its step.
     *
     * @param value the change
     * @return this
     */
    public TrainerBuilder transform(BatchTransform value) {
        this.transform = Objects.requireNonNull(value, "transform");
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param value the listener; see {@link Listeners}
     * @return this
     */
    public TrainerBuilder listener(TrainingListener value) {
        listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /**
     * Writes the training down as it goes, so that it can go on after a crash.
     *
     * @param value where and how often
     * @return this
     */
    public TrainerBuilder checkpoints(Checkpoints value) {
        this.checkpoints = Optional.of(value);
        return this;
    }

    /**
     * Sets what happens when a loss or a gradient is NaN or infinite; training stops unless set.
     *
     * @param value what to do
     * @return this
     */
    public TrainerBuilder onDivergence(OnDivergence value) {
        this.onDivergence = Objects.requireNonNull(value, "onDivergence");
        return this;
    }

    /**
     * Sets who computes the steps, for those who bring a training onto other machines.
     *
     * @param value who
     * @return this
     */
    public TrainerBuilder execution(Execution value) {
        this.execution = Objects.requireNonNull(value, "execution");
        return this;
    }

    /**
     * Computes each task's gradient of the shared parameters at every n-th step, whatever the method, so that listeners such
     * as {@link Listeners#diagnostics(java.nio.file.Path)} see norms and conflicts. Changes nothing in what is learned.
     * Under a loss weighting, such a step costs K more backward passes; an aggregator computes them at every step anyway.
     *
     * @param n 1 for every step, 100 for the first of every hundred; 0, the default, for none
     * @return this
     */
    public TrainerBuilder gradientDiagnosticsEvery(int n) {
        this.diagnosticsEvery = n;
        return this;
    }

    /**
     * Sets the seed from which the order of examples, augmentation, dropout and the methods' draws come.
     *
     * @param value the seed
     * @return this
     */
    public TrainerBuilder seed(long value) {
        this.seed = value;
        return this;
    }

    /**
     * {@return the trainer}
     *
     * @throws IllegalArgumentException if a value is out of its range
     * @throws IllegalStateException if settings contradict each other
     */
    public Trainer build() {
        return new Trainer(model, config());
    }

    /**
     * {@return a trainer of single steps, for batches that come in one by one} The settings of epochs, batch sizes and sampling
     * mean nothing to it.
     *
     * @throws IllegalArgumentException if a value is out of its range
     * @throws IllegalStateException if settings contradict each other, or need a whole training
     */
    public OnlineTrainer online() {
        return new OnlineTrainer(model, config());
    }

    /**
     * {@return what does steps that another process orders, with the methods and the optimiser set here}
     *
     * @throws IllegalArgumentException if a value is out of its range
     * @throws IllegalStateException if settings contradict each other, or a method needs data besides the batches
     */
    public StepWorker worker() {
        return new StepWorker(model, config());
    }

    private TrainingConfig config() {
        return new TrainingConfig(
                weighting,
                aggregation,
                optimizer,
                learningRate,
                learningRates,
                schedule,
                epochs,
                batchSize,
                batchSizes,
                sampling,
                penalties,
                clipping,
                earlyStopping,
                heldOut,
                hypergradients,
                listeners,
                checkpoints,
                onDivergence,
                transform,
                execution,
                diagnosticsEvery,
                seed);
    }
}
