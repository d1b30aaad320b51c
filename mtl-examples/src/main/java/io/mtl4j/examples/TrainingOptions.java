package io.mtl4j.examples;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.report.TensorBoardWriter;
import io.mtl4j.nn.report.TrainingReport;
import io.mtl4j.nn.train.AdamW;
import io.mtl4j.nn.train.Listeners;
import io.mtl4j.nn.train.Trainer;
import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.nn.train.TrainingResult;
import io.mtl4j.schedule.LearningRate;
import io.mtl4j.step.Requirement;
import io.mtl4j.weighting.Weightings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.nativeblas.NativeOpsHolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all examples share. */
final class TrainingOptions {

    @Mixin
    private final DataFolder data = new DataFolder();

    @Option(names = "--limit", description = "Use at most so many examples of each file; ${DEFAULT-VALUE}: all.")
    private int limit;

    @Option(names = "--epochs", description = "Number of epochs; ${DEFAULT-VALUE}.")
    private int epochs;

    @Option(names = "--batch", description = "Examples in a step; ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--learning-rate", description = "Highest learning rate of the cycle; ${DEFAULT-VALUE}.")
    private double learningRate;

    @Option(names = "--weight-decay", description = "Decoupled weight decay; ${DEFAULT-VALUE}.")
    private double weightDecay;

    @Option(names = "--weighting", description = "Loss weighting by name: ${DEFAULT-VALUE}, uncertainty, dwa, ...")
    private String weighting = "equal";

    @Option(
            names = "--aggregation",
            description = "Gradient aggregation by name: upgrad, mgda-ub, pcgrad-per-layer, ...; none.")
    private String aggregation;

    @Option(names = "--seed", description = "Seed of everything random; ${DEFAULT-VALUE}.")
    private long seed = 7;

    @Option(names = "--threads", description = "Threads of the native operations; ${DEFAULT-VALUE}: all processors.")
    private int threads;

    @Option(names = "--report", description = "Folder for an HTML page of each training, named by its tasks; none.")
    private Path report;

    @Option(names = "--tensorboard", description = "Folder for what TensorBoard shows of each training; none.")
    private Path tensorBoard;

    @Option(
            names = "--gradients-every",
            description =
                    "Compute the tasks' gradients at every so many steps, for the report; ${DEFAULT-VALUE}: never.")
    private int gradientsEvery;

    TrainingOptions(int epochs, int batch, double learningRate, double weightDecay) {
        this.epochs = epochs;
        this.batch = batch;
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
    }

    int limit() {
        return limit;
    }

    long seed() {
        return seed;
    }

    /** Checks the backend and sets its threads. */
    void prepare() {
        Backend.require();
        if (limit < 0 || threads < 0) {
            throw new IllegalArgumentException(
                    "--limit=" + limit + ", --threads=" + threads + "; both must be at least 0, and 0 means all");
        }
        if (threads > 0) {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        }
    }

    /** Where the data are. */
    DataFolder data() {
        return data;
    }

    int batch() {
        return batch;
    }

    double learningRate() {
        return learningRate;
    }

    double weightDecay() {
        return weightDecay;
    }

    /** A trainer with one cycle of the learning rate and these options; it keeps the best epoch by validation. */
    TrainerBuilder trainer(MultiTaskModel model) {
        TrainerBuilder trainer = Trainer.builder(model)
                .epochs(epochs)
                .batchSize(batch)
                .optimizer(new AdamW(learningRate, weightDecay))
                .learningRate(LearningRate.oneCycle(0.2, 0.1, 0.01))
                .weighting(Weightings.byName(weighting))
                .gradientDiagnosticsEvery(gradientsEvery)
                .seed(seed);
        if (aggregation != null) {
            trainer.aggregation(Aggregations.byName(aggregation));
        }
        String tasks = String.join("+", model.tasks().names());
        if (report != null) {
            trainer.listener(TrainingReport.writeTo(report.resolve(tasks + ".html")));
        }
        if (tensorBoard != null) {
            trainer.listener(TensorBoardWriter.in(tensorBoard.resolve(tasks)));
        }
        return trainer;
    }

    /** Trains a model as these options say, and prints what it is and what came of it. */
    void train(MultiTaskModel model, MultiTaskData train, MultiTaskData validation, PrintWriter print) {
        print.println(model.summary());
        print.flush();
        TrainingResult result =
                trainer(model).listener(Listeners.logging()).build().fit(train, validation);
        print.println(result.summary());
    }

    /** Whether the weighting learns from data of its own, neither training nor validation. */
    boolean needsHeldOut() {
        return Weightings.byName(weighting).requirements().contains(Requirement.HELD_OUT);
    }

    /** The options as they were used, for the record of a run. */
    Map<String, Object> asMap() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("epochs", epochs);
        settings.put("batch", batch);
        settings.put("limit", limit);
        settings.put("learningRate", learningRate);
        settings.put("weightDecay", weightDecay);
        settings.put("weighting", weighting);
        settings.put("aggregation", aggregation == null ? "none" : aggregation);
        settings.put("seed", seed);
        settings.put("threads", threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        return settings;
    }
}
