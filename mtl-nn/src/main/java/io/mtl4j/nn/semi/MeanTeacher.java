package io.mtl4j.nn.semi;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.internal.Require;
import io.mtl4j.nn.data.BatchAugmentation;
import io.mtl4j.nn.data.MultiTaskBatch;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterStore;
import io.mtl4j.nn.train.BatchTransform;
import io.mtl4j.nn.train.TrainerBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The teacher is a moving average of the student and tells it what to say about examples without labels (A. Tarvainen and H.
 * Valpola, "Mean teachers are better role models", NeurIPS 2017). After each step {@code θ' ← α θ' + (1 - α) θ} with {@code α =
 * min(decay, 1 - 1 / (step + 1))}, statistics of batch normalisation likewise. Before each step, the teacher answers for the
 * batch, and what it says of unlabelled examples becomes their soft label: consistency with the teacher is one more part of
 * each task's loss.
 *
 * <pre>{@code
 * MeanTeacher teacher = new MeanTeacher(model, new MeanTeacher.Settings());
 * teacher.attach(Trainer.builder(model).epochs(20)).build().fit(MultiTaskData.of(LabeledRows.share(source, 0.25)));
 * MultiTaskModel better = teacher.model();
 * }</pre>
 *
 * <p>Early on the teacher knows nothing. So the part of the unlabelled examples of a batch that it teaches ramps up as {@code
 * exp(-5 (1 - t)²)}, with t the part done of the ramp. What consistency weighs against labels in the end follows from how many
 * labelled examples a batch has: see {@link LabeledRows#share}.
 *
 * <p>Differences to the paper: consistency is the task's own loss on the teacher's probabilities (cross-entropy, whose gradient
 * is that of the Kullback-Leibler divergence), not their squared difference; examples with labels are not taught; teacher and
 * student see the same augmented example, and the student {@linkplain Settings#noise more noise}, besides its dropout. Answers
 * of sequences of tags and values are taught as well; those of a CRF and of custom kinds of tasks are not.
 *
 * <p>One object is for one training. A training that is resumed starts with a teacher equal to the student.
 */
public final class MeanTeacher implements BatchTransform, TrainingListener {

    private final MultiTaskModel student;
    private final MultiTaskModel teacher;
    private final Settings settings;
    private long steps;

    /**
     * How to teach.
     *
     * @param decay the greatest α, from 0 to below 1: the average is over about the last {@code 1 / (1 - α)} steps, which
     *     should be a good part of an epoch, not more
     * @param rampUp length of the ramp as a part of the training, from 0 to 1
     * @param confidence the least probability of an answer that is taught, from 0 to 1; 0 as in the paper
     * @param noise what changes the examples that the student sees after the teacher has seen them
     * @param seed of the noise
     */
    public record Settings(double decay, double rampUp, double confidence, BatchAugmentation noise, long seed) {

        /** Checks the values. */
        public Settings {
            Require.within("mean teacher: decay", decay, 0, Math.nextDown(1.0));
            Require.within("mean teacher: ramp-up", rampUp, 0, 1);
            Require.within("mean teacher: confidence", confidence, 0, 1);
            Objects.requireNonNull(noise, "noise");
        }

        /** A decay of 0.99, a ramp over 30 % of the training, no more noise. */
        public Settings() {
            this(0.99, 0.3, 0, (batch, random) -> batch, 0);
        }

        /**
         * {@return these with another decay}
         *
         * @param value from 0 to below 1
         */
        public Settings decay(double value) {
            return new Settings(value, rampUp, confidence, noise, seed);
        }

        /**
         * {@return these with another ramp}
         *
         * @param part of the training, from 0 to 1
         */
        public Settings rampUp(double part) {
            return new Settings(decay, part, confidence, noise, seed);
        }

        /**
         * {@return these with another least probability}
         *
         * @param least from 0 to 1
         */
        public Settings confidence(double least) {
            return new Settings(decay, rampUp, least, noise, seed);
        }

        /**
         * {@return these with noise for the student}
         *
         * @param value what changes the features; labels are written afterwards
         * @param noiseSeed of the noise
         */
        public Settings noise(BatchAugmentation value, long noiseSeed) {
            return new Settings(decay, rampUp, confidence, value, noiseSeed);
        }
    }

    /**
     * Makes a teacher.
     *
     * @param student the model that will be trained
     * @param settings how to teach
     */
    public MeanTeacher(MultiTaskModel student, Settings settings) {
        this.student = student;
        this.teacher = student.copy();
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /**
     * Lets the teacher take part in a training.
     *
     * @param trainer of the student
     * @return the same trainer
     */
    public TrainerBuilder attach(TrainerBuilder trainer) {
        return trainer.transform(this).listener(this);
    }

    /** {@return the teacher, live; mostly the better of the two} */
    public MultiTaskModel model() {
        return teacher;
    }

    @Override
    public MultiTaskBatch apply(MultiTaskBatch batch, long step, long totalSteps) {
        double part = settings.rampUp() == 0 ? 1 : Math.min(1, step / (settings.rampUp() * totalSteps));
        double share = Math.exp(-5 * (1 - part) * (1 - part));
        SoftTargets targets = new SoftTargets(0, share, settings.confidence());
        Map<String, SourceBatch> taught = new LinkedHashMap<>();
        batch.sources().forEach((input, one) -> {
            Map<String, INDArray> answers = teacher.outputs(input, one);
            Seed seed = new Seed(settings.seed()).child(step);
            SourceBatch noisy = settings.noise()
                    .apply(
                            one,
                            seed.child(teacher.architecture().indexOfInput(input))
                                    .generator());
            taught.put(input, targets.apply(teacher.heads(), noisy, answers));
        });
        return new MultiTaskBatch(taught, batch.skipped());
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepDone) {
            double alpha = Math.min(settings.decay(), 1 - 1.0 / (++steps + 1));
            ParameterStore from = student.network().store();
            ParameterStore to = teacher.network().store();
            follow(to.flat(), from.flat(), alpha);
            for (int i = 0; i < student.inputs().size(); i++) {
                follow(to.flatBuffers(i), from.flatBuffers(i), alpha);
            }
        }
    }

    private static void follow(INDArray average, INDArray value, double alpha) {
        if (!average.isEmpty()) {
            average.muli(alpha).addi(value.mul(1 - alpha));
        }
    }
}
