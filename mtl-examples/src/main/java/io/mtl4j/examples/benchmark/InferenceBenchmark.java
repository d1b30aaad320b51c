package io.mtl4j.examples.benchmark;

import io.mtl4j.examples.Commands;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures answers of the reference networks and prints lines of JSON. For single examples ({@code "call": "predict"}):
 * {@code p50_ms} and {@code p99_ms}, below which a half and 99 % of the calls stay. For the reference's batch: {@code
 * samples_per_s} of {@code predictBatch}, which makes an answer object for each example, and of {@code outputs}, which gives
 * the arrays. The number of native threads is set before the start, by {@code OMP_NUM_THREADS}.
 */
@Command(
        name = "InferenceBenchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures answers of the reference networks; lines of JSON.")
public final class InferenceBenchmark implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--cases", arity = "1..*", description = "Networks: ${COMPLETION-CANDIDATES}; all unless given.")
    private List<ReferenceModel> cases = List.of(ReferenceModel.values());

    @Mixin
    private final WindowOptions windows = new WindowOptions();

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new InferenceBenchmark());
    }

    @Override
    public Integer call() {
        windows.check();
        Backend.require();
        cases.forEach(this::measure);
        return 0;
    }

    private void measure(ReferenceModel reference) {
        MultiTaskModel model = reference.model(reference.tasks());
        INDArray one = RandomExamples.features(reference, 1);
        INDArray many = RandomExamples.features(reference, reference.batch());
        print(reference, "predict", 1, CallTimer.measure(() -> model.predict(one), windows));
        print(reference, "predictBatch", reference.batch(), CallTimer.measure(() -> model.predictBatch(many), windows));
        print(
                reference,
                "outputs",
                reference.batch(),
                CallTimer.measure(() -> model.outputs(MultiTaskModel.DEFAULT_INPUT, many, null), windows));
    }

    private void print(ReferenceModel reference, String call, int batch, CallTimer.Timing timing) {
        PrintWriter print = spec.commandLine().getOut();
        print.println(new JsonLine()
                .put("case", reference.id())
                .put("call", call)
                .put("batch", batch)
                .put("samples_per_s", timing.callsPerSecond() * batch, 1)
                .put("p50_ms", timing.millisOf(0.5), 3)
                .put("p99_ms", timing.millisOf(0.99), 3)
                .putSetup("mtl4j"));
        print.flush();
    }
}
