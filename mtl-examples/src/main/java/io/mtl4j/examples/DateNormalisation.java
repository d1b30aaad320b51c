package io.mtl4j.examples;

import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.SequenceHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Sequence to sequence with a second task: dates as people write them ({@code Tuesday, 3 March 2009}, {@code 3/3/09}) become
 * {@code 2009-03-03}, character by character, and the same encoder tells which of eleven patterns the text has. The dates are
 * made by chance from a seed; those to test with are of other days than those to learn from.
 */
@Command(
        name = "DateNormalisation",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Learns to write dates as year-month-day, and to tell how they were written, with one model.")
public final class DateNormalisation implements Callable<Integer> {

    /** What writes the answer. */
    enum DecoderKind {
        /** An LSTM with attention, after a bidirectional LSTM. */
        LSTM,
        /** A transformer's decoder, after a transformer's encoder. */
        TRANSFORMER
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private final TrainingOptions options = new TrainingOptions(8, 64, 5e-3, 0.001);

    @Option(names = "--decoder", description = "What writes: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private DecoderKind decoder = DecoderKind.LSTM;

    @Option(names = "--examples", description = "Number of dates to learn from; ${DEFAULT-VALUE}.")
    private int examples = 12_000;

    @Option(names = "--units", description = "Units of the decoder, twice those of a direction; ${DEFAULT-VALUE}.")
    private int units = 64;

    @Option(names = "--beam", description = "Answers to look for at once; ${DEFAULT-VALUE}: greedy search.")
    private int beam = 1;

    @Option(names = "--date", description = "A date to write; may be given several times.")
    private List<String> dates = List.of("Tuesday, 3 March 2009", "3/3/09", "Mar 3 2009", "31.12.1999");

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new DateNormalisation());
    }

    @Override
    public Integer call() {
        options.prepare();
        Random random = new Random(options.seed());
        DateTexts train = DateTexts.draw(examples, random);
        DateTexts validation = train.others(Math.max(10, examples / 20), random);
        DateTexts test = train.others(Math.max(10, examples / 6), random);
        PrintWriter print = spec.commandLine().getOut();
        MultiTaskModel model = model();
        options.train(model, MultiTaskData.of(train.source()), MultiTaskData.of(validation.source()), print);
        report(
                Evaluator.evaluate(model, MultiTaskData.of(test.source())),
                test.texts().size(),
                print);
        dates.forEach(date -> print.println(answer(model, date)));
        print.flush();
        return 0;
    }

    private static void report(Evaluation test, int count, PrintWriter print) {
        print.println(test.report());
        print.printf(
                Locale.ROOT,
                "%d dates of days not learned from: exact match %.2f %%, edit distance %.4f, format accuracy %.2f %%%n",
                count,
                100 * test.task(DateTexts.DAY).metric("exact-match"),
                test.task(DateTexts.DAY).metric("edit-distance"),
                100 * test.task(DateTexts.FORMAT).metric("accuracy"));
    }

    private static String answer(MultiTaskModel model, String date) {
        int[] tokens = DateTexts.tokens(date);
        Prediction answer = model.predictBatch(Nd4j.createFromArray(tokens).reshape(1, tokens.length))
                .get(0);
        return "\"" + date + "\" is "
                + String.join("", answer.task(DateTexts.DAY).labels()) + ", written as "
                + answer.task(DateTexts.FORMAT).label();
    }

    private MultiTaskModel model() {
        SequenceHead day = Tasks.sequence(DateTexts.DAY, DateTexts.ANSWER.length())
                .tokenNames(DateTexts.ANSWER.split(""))
                .maxLength(12)
                .beam(beam);
        return MultiTaskModel.builder()
                .input(DateTexts.TEXT, Shape.tokens(DateTexts.characters()))
                .encoder(encoder())
                .task(decoder == DecoderKind.LSTM ? day.lstmDecoder(units) : day.transformerDecoder(2, 4, 2 * units))
                .task(Tasks.classification(DateTexts.FORMAT, DateTexts.PATTERNS.size())
                        .classNames(DateTexts.PATTERNS.toArray(String[]::new)))
                .seed(options.seed())
                .build();
    }

    private Encoder encoder() {
        return switch (decoder) {
            case LSTM ->
                Encoders.lstm()
                        .embedding(units / 2)
                        .units(units / 2)
                        .bidirectional()
                        .everyStep();
            case TRANSFORMER ->
                Encoders.transformer()
                        .embedding(units)
                        .layers(2)
                        .heads(4)
                        .feedForward(2 * units)
                        .preNorm()
                        .everyStep();
        };
    }
}
