package io.mtl4j.examples;

import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.MultiTaskModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Two tasks on the same text: what a request asks for (its intent, one of seven), and which of its words fill which slot
 * (artist, city, date, ...). Both read the steps of one encoder; the intent from their maximum over the sentence, the slots
 * step by step.
 */
@Command(
        name = "SnipsIntentSlots",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Learns intents and slots of requests (SNIPS) with one model.")
public final class SnipsIntentSlots implements Callable<Integer> {

    static final String ORIGIN = "the SNIPS requests in CoNLL columns: word, tabulator, tag, and a line"
            + " \"# intent = ...\" before each sentence; https://github.com/sonos/nlu-benchmark";

    /** What reads the words. */
    enum EncoderKind {
        /** A bidirectional LSTM. */
        LSTM,
        /** A transformer of two blocks. */
        TRANSFORMER
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private final TrainingOptions options = new TrainingOptions(8, 64, 7e-3, 0.01);

    @Option(names = "--encoder", description = "What reads the words: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
    private EncoderKind encoder = EncoderKind.LSTM;

    @Option(names = "--units", description = "Units of the LSTM in each direction; ${DEFAULT-VALUE}.")
    private int units = 128;

    @Option(names = "--dropout", description = "Dropout of the encoder; ${DEFAULT-VALUE}.")
    private double dropout = 0.25;

    @Option(names = "--word-dropout", description = "Part of the words hidden in training; ${DEFAULT-VALUE}.")
    private double wordDropout = 0.05;

    @Option(names = "--crf", description = "Choose the slots of a sentence together, by a conditional random field.")
    private boolean crf;

    @Option(names = "--sentence", description = "A request to answer; may be given several times.")
    private List<String> sentences = List.of(
            "play the new album by miles davis", "will it rain in berlin tomorrow", "book a table for two in paris");

    @Option(names = "--out", description = "Folder to save model and vocabulary in.")
    private Path out;

    @Option(names = "--load", description = "Folder that --out wrote: answer with that model instead of training one.")
    private Path load;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new SnipsIntentSlots());
    }

    @Override
    public Integer call() throws IOException {
        options.prepare();
        SentenceReader reader = load == null ? train() : SentenceReader.load(load);
        PrintWriter print = spec.commandLine().getOut();
        sentences.forEach(sentence -> print.print(reader.read(sentence)));
        if (out != null) {
            reader.save(out);
            print.println("model and vocabulary are in " + out.toAbsolutePath());
        }
        print.flush();
        return 0;
    }

    private SentenceReader train() {
        PrintWriter print = spec.commandLine().getOut();
        SnipsData data = SnipsData.read(
                options.data().file("nlp/snips.train.conll", ORIGIN),
                options.data().file("nlp/snips.test.conll", ORIGIN),
                options.limit(),
                wordDropout,
                options.seed());
        print.printf(
                Locale.ROOT,
                "%d sentences to train, %d to validate, %d to test; %d words, %d intents, %d tags%n",
                data.train().size(),
                data.validation().size(),
                data.test().size(),
                data.vocabulary().size(),
                data.intents().size(),
                data.slots().size());
        MultiTaskModel model = model(data);
        options.train(model, MultiTaskData.of(data.train()), MultiTaskData.of(data.validation()), print);
        Evaluation test = Evaluator.evaluate(model, MultiTaskData.of(data.test()));
        print.println(test.report());
        print.printf(
                Locale.ROOT,
                "test: intent accuracy %.2f %%, slot F1 of whole entities %.2f %%%n",
                100 * test.task(SnipsData.INTENT).metric("accuracy"),
                100 * test.task(SnipsData.SLOT).metric("f1-entity"));
        return new SentenceReader(model, data.vocabulary());
    }

    private MultiTaskModel model(SnipsData data) {
        TaskHead slot = Tasks.tagging(SnipsData.SLOT, data.slots().size())
                .classNames(data.slots().names().toArray(String[]::new));
        return MultiTaskModel.builder()
                .input(SnipsData.TEXT, Shape.tokens(data.vocabulary().size()))
                .encoder(encoder())
                .task(Tasks.classification(SnipsData.INTENT, data.intents().size())
                        .classNames(data.intents().names().toArray(String[]::new))
                        .pool(SequencePool.Kind.MAX))
                .task(crf ? slot.crf() : slot)
                .seed(options.seed())
                .build();
    }

    private Encoder encoder() {
        return switch (encoder) {
            case LSTM ->
                Encoders.lstm()
                        .embedding(100)
                        .units(units)
                        .bidirectional()
                        .dropout(dropout)
                        .everyStep();
            case TRANSFORMER ->
                Encoders.transformer().preNorm().dropout(dropout / 2).everyStep();
        };
    }
}
