package io.mtl4j.examples;

import io.mtl4j.examples.data.EmbeddedPictures;
import io.mtl4j.nn.data.image.ImageDataSet;
import io.mtl4j.nn.layer.Backend;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A task is added to a model that is already trained. First: what does the model's encoder help where the new task has fifty
 * labelled examples? Then: what does the model forget of its old task when the old data are gone?
 */
@Command(
        name = "AddTask",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Adds tasks to a model that is trained, from few labels and without forgetting; prints accuracies.")
public final class AddTask implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DigitOptions data = new DigitOptions();

    @Option(names = "--known", description = "Pictures of the old task at most; ${DEFAULT-VALUE}.")
    private int known = 50_000;

    @Option(names = "--labels", description = "Labelled pictures of the new digits; ${DEFAULT-VALUE}.")
    private int labels = 50;

    @Option(names = "--tests", description = "Pictures at most to judge on; ${DEFAULT-VALUE}.")
    private int tests = 2000;

    @Option(
            names = "--validate",
            description = "Judge on training pictures that no model sees, to choose settings, not on test pictures.")
    private boolean validate;

    @Option(names = "--old-steps", description = "Training steps of the old task; ${DEFAULT-VALUE}.")
    private int oldSteps = 3000;

    @Option(names = "--few-steps", description = "Training steps with few labels; ${DEFAULT-VALUE}.")
    private int fewSteps = 400;

    @Option(names = "--new-steps", description = "Training steps of the new task beside the old one; ${DEFAULT-VALUE}.")
    private int newSteps = 500;

    @Option(names = "--distillation", description = "What distillation weighs; ${DEFAULT-VALUE}.")
    private double distillation = 3;

    @Option(names = "--temperature", description = "Temperature of distillation; ${DEFAULT-VALUE}.")
    private double temperature = 2;

    @Option(names = "--memory", description = "Digits that rehearsal keeps; ${DEFAULT-VALUE}.")
    private int memory = 200;

    @Option(names = "--share", description = "Part of them in what rehearsal trains on; ${DEFAULT-VALUE}.")
    private double share = 0.25;

    @Option(names = "--fisher", description = "Digits from which EWC takes the Fisher information; ${DEFAULT-VALUE}.")
    private int fisher = 1000;

    @Option(names = "--elastic", description = "Strength of EWC; ${DEFAULT-VALUE}.")
    private double elastic = 1000;

    @Option(names = "--pull", description = "Strength of L2-SP; ${DEFAULT-VALUE}.")
    private double pull = 0.01;

    @Option(names = "--seeds", description = "Repetitions, each with other labels and starts; ${DEFAULT-VALUE}.")
    private int seeds = 3;

    @Option(names = "--first-seed", description = "The first seed; ${DEFAULT-VALUE}.")
    private int firstSeed = 1;

    @Option(names = "--parts", split = ",", description = "What to run: few, beside; both.")
    private List<String> parts = List.of("few", "beside");

    @Option(names = "--methods", split = ",", description = "Methods to run, by the beginning of their names; all.")
    private List<String> chosen = List.of("");

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new AddTask());
    }

    @Override
    public Integer call() {
        Backend.require();
        PrintWriter out = spec.commandLine().getOut();
        ImageDataSet digits = data.digits();
        ImageDataSet clothes = EmbeddedPictures.fashionMnist();
        out.printf("%s%n%s%n", digits, clothes);
        AddTaskTable table = new AddTaskTable();
        for (int seed = firstSeed; seed < firstSeed + seeds; seed++) {
            TransferNets nets = new TransferNets(seed, oldSteps, newSteps, pull);
            TrainedDigits trained = new TrainedDigits(digits, nets, known, tests, !validate);
            table.began(seed, trained.accuracy(trained.model()));
            few(new FewLoops(nets.withNewSteps(fewSteps), trained, labels), table, out);
            beside(new ClothesBesideDigits(nets, settings(), trained, clothes, !validate), table, out);
        }
        table.print(labels, validate ? "held-out" : "test", out);
        return 0;
    }

    private ClothesBesideDigits.Settings settings() {
        return new ClothesBesideDigits.Settings(distillation, temperature, memory, share, elastic, fisher);
    }

    private boolean wanted(String part, String method) {
        return parts.contains(part) && chosen.stream().anyMatch(method::startsWith);
    }

    private void few(FewLoops trial, AddTaskTable table, PrintWriter out) {
        trial.methods().forEach((name, method) -> {
            if (wanted("few", name)) {
                table.few(name, method.get(), out);
            }
        });
    }

    private void beside(ClothesBesideDigits trial, AddTaskTable table, PrintWriter out) {
        trial.methods().forEach((name, method) -> {
            if (wanted("beside", name)) {
                table.beside(name, method.apply(trial.larger()), out);
            }
        });
    }
}
