package io.mtl4j.examples;

import io.mtl4j.data.Split;
import io.mtl4j.data.Splits;
import io.mtl4j.nn.data.GraphSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.data.image.LabeledPictures;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.Gnn;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Two tasks on the same graphs, which are the strokes of MNIST's digits: which digit a graph is, and which of its nodes lie
 * at the rim of an area that the strokes enclose. {@code --neighbours=0} leaves the edges out, with the same number of
 * parameters: what is learned then comes from each node's position and ink alone.
 */
@Command(
        name = "DigitGraphs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Learns digits, and which strokes enclose an area, from graphs of strokes (MNIST) with one model.")
public final class DigitGraphs implements Callable<Integer> {

    /** What reads the edges. */
    enum LayerKind {
        /** Graph convolutions. */
        CONVOLUTION,
        /** Graph attention. */
        ATTENTION
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private final TrainingOptions options = new TrainingOptions(10, 64, 5e-3, 1e-4);

    @Option(names = "--layer", description = "What reads the edges: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private LayerKind layer = LayerKind.ATTENTION;

    @Option(names = "--units", description = "Features of a node in each layer; ${DEFAULT-VALUE}.")
    private int units = 64;

    @Option(names = "--heads", description = "Heads of graph attention; ${DEFAULT-VALUE}.")
    private int heads = 4;

    @Option(names = "--neighbours", description = "Nearest nodes that a node has edges to; ${DEFAULT-VALUE}.")
    private int neighbours = 6;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new DigitGraphs());
    }

    @Override
    public Integer call() {
        options.prepare();
        PrintWriter print = spec.commandLine().getOut();
        ImageDataSet digits = options.data().digits();
        LabeledPictures all = limited(digits.train());
        Split split = Splits.stratifiedHoldOut(all.classes(), 0.05, options.seed());
        GraphSource train = StrokeGraph.source(all.subset(split.train()), neighbours);
        GraphSource validation = StrokeGraph.source(all.subset(split.test()), neighbours);
        GraphSource test = StrokeGraph.source(limited(digits.test()), neighbours);
        print.printf(
                Locale.ROOT,
                "%s: %d graphs to train, %d to validate, %d to test%n",
                digits.name(),
                train.size(),
                validation.size(),
                test.size());
        MultiTaskModel model = model();
        options.train(model, MultiTaskData.of(train), MultiTaskData.of(validation), print);
        print(print, Evaluator.evaluate(model, MultiTaskData.of(test)));
        return 0;
    }

    private LabeledPictures limited(LabeledPictures pictures) {
        return options.limit() > 0 ? pictures.limit(Math.min(options.limit(), pictures.size())) : pictures;
    }

    private MultiTaskModel model() {
        Gnn start = Encoders.gnn().dense(units);
        TaskHead digit = Tasks.classification(StrokeGraph.DIGIT, 10);
        TaskHead rim = Tasks.nodeClassification(StrokeGraph.RIM, 2).classNames("open", "rim");
        return MultiTaskModel.builder()
                .input(StrokeGraph.INPUT, Shape.sequence(StrokeGraph.FEATURES))
                .encoder(withEdges(withEdges(start)))
                .task(withEdges(digit).pool(SequencePool.Kind.MAX).hidden(units))
                .task(withEdges(rim))
                .seed(options.seed())
                .build();
    }

    private Gnn withEdges(Gnn encoder) {
        return layer == LayerKind.CONVOLUTION ? encoder.convolution(units) : encoder.attention(units, heads);
    }

    private TaskHead withEdges(TaskHead head) {
        return layer == LayerKind.CONVOLUTION ? head.graphConvolution(units) : head.graphAttention(units, heads);
    }

    private static void print(PrintWriter print, Evaluation test) {
        print.println(test.report());
        print.printf(
                Locale.ROOT,
                "test: digit accuracy %.2f %%, rim accuracy of nodes %.2f %%%n",
                100 * test.task(StrokeGraph.DIGIT).metric("accuracy"),
                100 * test.task(StrokeGraph.RIM).metric("accuracy"));
        print.flush();
    }
}
