package io.mtl4j.examples;

import io.mtl4j.metric.DeltaM;
import io.mtl4j.metric.MetricValue;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Listeners;
import io.mtl4j.nn.train.TrainingResult;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Two questions about the same people of a census table: do they earn more than 50,000 dollars a year, and were they never
 * married? The usual pair of tasks on census data (Ma et al., Modeling Task Relationships in Multi-task Learning with
 * Multi-gate Mixture-of-Experts, KDD 2018). As there, the answers are taken out of the inputs and all other columns stay;
 * so does {@code relationship}, though husbands, wives and own children give most of the second answer away. With {@code
 * --without-relationship} that question becomes a harder one.
 */
@Command(
        name = "AdultIncome",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Learns income and marital status from a census table (Adult) with one model.")
public final class AdultIncome implements Callable<Integer> {

    /** Where people get the data. */
    static final String ORIGIN =
            "the Adult data set as CSV with a line of column names;" + " https://archive.ics.uci.edu/dataset/2/adult";

    @Spec
    private CommandSpec spec;

    @Mixin
    private final TrainingOptions options = new TrainingOptions(8, 256, 5e-3, 0.01);

    @Option(
            names = "--without-relationship",
            description = "Leave out the column relationship, which all but tells the marital status.")
    private boolean withoutRelationship;

    @Option(names = "--compare", description = "Also train the two single-task models of the same size.")
    private boolean compare;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return new CommandLine(new AdultIncome()).setExecutionExceptionHandler(Failures::report);
    }

    @Override
    public Integer call() {
        options.prepare();
        AdultData data = AdultData.read(
                options.data().file("tabular/adult.train.csv", ORIGIN),
                options.data().file("tabular/adult.test.csv", ORIGIN),
                options.limit(),
                !withoutRelationship,
                options.seed());
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                Locale.ROOT,
                "%,d people to train, %,d to validate, %,d to test; inputs %s%n",
                data.train().size(),
                data.validation().size(),
                data.test().size(),
                data.encoder().features());
        Map<String, TaskHead> heads = heads();
        Run joint = train("joint", data, List.copyOf(heads.values()));
        print.println(joint.model().summary());
        print.println(joint.result().summary());
        print.println(joint.test().report());
        if (compare) {
            Map<String, Run> single = new LinkedHashMap<>();
            heads.forEach((task, head) -> single.put(task, train(task, data, List.of(head))));
            compare(joint, single);
        }
        heads.keySet()
                .forEach(task -> print.printf(
                        Locale.ROOT,
                        "%s: test AUC %.4f%n",
                        task,
                        joint.test().task(task).metric("auc")));
        print.flush();
        return 0;
    }

    private static Map<String, TaskHead> heads() {
        Map<String, TaskHead> heads = new LinkedHashMap<>();
        heads.put(AdultData.INCOME, head(AdultData.INCOME).classNames("<=50K", ">50K"));
        heads.put(AdultData.MARITAL_STATUS, head(AdultData.MARITAL_STATUS).classNames("married-once", "never-married"));
        return heads;
    }

    private static TaskHead head(String task) {
        return Tasks.binary(task).hidden(32).dropout(0.1).metric("auc");
    }

    /** A new model in the making of the named tasks, both or one of them. */
    static ModelBuilder modelOf(AdultData data, List<String> tasks, long seed) {
        return model(data, tasks.stream().map(heads()::get).toList(), seed);
    }

    private static ModelBuilder model(AdultData data, List<TaskHead> heads, long seed) {
        ModelBuilder builder = MultiTaskModel.builder()
                .input(AdultData.PERSON, Shape.vector(data.encoder().width()), data.embedding())
                .encoder(Encoders.mlp().batchNorm().dense(128).dropout(0.2).dense(64))
                .seed(seed);
        heads.forEach(builder::task);
        return builder;
    }

    private record Run(MultiTaskModel model, TrainingResult result, Evaluation test) {}

    private Run train(String name, AdultData data, List<TaskHead> heads) {
        PrintWriter print = spec.commandLine().getOut();
        print.println("training " + name);
        print.flush();
        MultiTaskModel model = model(data, heads, options.seed()).build();
        List<String> tasks = model.tasks().names();
        TrainingResult result = options.trainer(model)
                .listener(Listeners.logging())
                .build()
                .fit(data.answered(data.train(), tasks), data.answered(data.validation(), tasks));
        return new Run(model, result, Evaluator.evaluate(model, data.answered(data.test(), tasks)));
    }

    private void compare(Run joint, Map<String, Run> single) {
        PrintWriter print = spec.commandLine().getOut();
        Map<String, List<MetricValue>> alone = new LinkedHashMap<>();
        Map<String, List<MetricValue>> together = new LinkedHashMap<>();
        print.printf(Locale.ROOT, "%n%-16s %10s %12s%n", "AUC", "joint", "single-task");
        single.forEach((task, run) -> {
            alone.put(task, auc(run.test(), task));
            together.put(task, auc(joint.test(), task));
            print.printf(
                    Locale.ROOT,
                    "%-16s %10.4f %12.4f%n",
                    task,
                    together.get(task).get(0).value(),
                    alone.get(task).get(0).value());
        });
        long separate = single.values().stream()
                .mapToLong(run -> run.model().parameterCount())
                .sum();
        print.printf(
                Locale.ROOT, "%-16s %,10d %,12d%n", "parameters", joint.model().parameterCount(), separate);
        print.println(DeltaM.between(alone, together));
        print.println();
    }

    private static List<MetricValue> auc(Evaluation evaluation, String task) {
        return evaluation.task(task).metrics().stream()
                .filter(m -> m.name().equals("auc"))
                .toList();
    }
}
