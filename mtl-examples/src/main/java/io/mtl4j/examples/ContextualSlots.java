package io.mtl4j.examples;

import io.mtl4j.nn.data.AugmentedSource;
import io.mtl4j.nn.data.ClassNames;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.SequenceSource;
import io.mtl4j.nn.data.text.ConllReader;
import io.mtl4j.nn.data.text.Sentence;
import io.mtl4j.nn.data.text.Vocabulary;
import io.mtl4j.nn.encoder.ContextualEmbedding;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.LearnedStart;
import io.mtl4j.nn.encoder.Stems;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.language.LanguageModel;
import io.mtl4j.nn.language.LanguageModelSettings;
import io.mtl4j.nn.language.LanguageModels;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.SequencePool;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.ModelBuilder;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.train.Listeners;
import java.io.PrintWriter;
import java.nio.file.Files;
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
 * What plain text is worth when labels are few: a language model learns from all requests without their labels, then models
 * of intents and slots learn from some labelled ones, with and without it.
 */
@Command(
        name = "ContextualSlots",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Learns intents and slots from few labelled requests, reading words in different ways.")
public final class ContextualSlots implements Callable<Integer> {

    /** How a model reads words. */
    enum Reading {
        /** A vector for each word of the labelled requests. */
        WORDS,
        /** The network of the language model, which knows nothing yet. */
        UNTRAINED,
        /** The language model as it was learned; only the mix of its layers is. */
        FROZEN,
        /** The language model, learning on. */
        TUNED
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private final TrainingOptions options = new TrainingOptions(20, 16, 4e-3, 0.01);

    @Option(names = "--labelled", description = "Number of labelled requests; ${DEFAULT-VALUE}.")
    private int labelled = 500;

    @Option(
            names = "--reading",
            split = ",",
            description = "How to read words: ${COMPLETION-CANDIDATES}; all of them unless set.")
    private List<Reading> readings = List.of(Reading.values());

    @Option(names = "--units", description = "Units of the LSTM in each direction; ${DEFAULT-VALUE}.")
    private int units = 128;

    @Option(names = "--dropout", description = "Dropout before and behind the LSTM; ${DEFAULT-VALUE}.")
    private double dropout = 0.25;

    @Option(names = "--language-units", description = "Units of the language model; ${DEFAULT-VALUE}.")
    private int languageUnits = 128;

    @Option(names = "--language-epochs", description = "Epochs of the language model; ${DEFAULT-VALUE}.")
    private int languageEpochs = 8;

    @Option(
            names = "--language",
            description = "Folder of the language model: it is taken from there, or saved there if there is none.")
    private Path folder;

    /**
     * Runs the command.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(command().execute(args));
    }

    static CommandLine command() {
        return Commands.of(new ContextualSlots());
    }

    @Override
    public Integer call() {
        options.prepare();
        List<Sentence> text = sentences("nlp/snips.train.conll");
        ClassNames intents = ClassNames.of(SnipsData.intents(text));
        ClassNames slots = ClassNames.of(
                text.stream().flatMap(s -> s.tags(SnipsData.SLOT).stream()).toList());
        List<Sentence> train = SnipsData.limit(text, labelled, intents, options.seed());
        List<Sentence> test =
                SnipsData.limit(sentences("nlp/snips.test.conll"), options.limit(), intents, options.seed());
        LanguageModel language = language(text);
        for (Reading reading : readings) {
            Words words = words(reading, train, language);
            MultiTaskModel model = tasks(words.start, intents, slots);
            options.trainer(model).build().fit(MultiTaskData.of(words.source(train, intents, slots, true)));
            Evaluation found = Evaluator.evaluate(model, MultiTaskData.of(words.source(test, intents, slots, false)));
            print(
                    "%s, %d labelled: intent accuracy %.2f %%, slot F1 of whole entities %.2f %%%n",
                    reading.name().toLowerCase(Locale.ROOT),
                    train.size(),
                    100 * found.task(SnipsData.INTENT).metric("accuracy"),
                    100 * found.task(SnipsData.SLOT).metric("f1-entity"));
        }
        return 0;
    }

    private List<Sentence> sentences(String file) {
        return ConllReader.read(options.data().file(file, SnipsIntentSlots.ORIGIN), SnipsData.SLOT);
    }

    private void print(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }

    private LanguageModel language(List<Sentence> text) {
        if (folder != null && Files.exists(folder)) {
            return LanguageModel.load(folder);
        }
        LanguageModel learned = train(text);
        if (folder != null) {
            learned.save(folder);
        }
        return learned;
    }

    private LanguageModel train(List<Sentence> text) {
        LanguageModelSettings settings = LanguageModelSettings.builder()
                .units(languageUnits)
                .epochs(languageEpochs)
                .seed(options.seed())
                .build();
        LanguageModels.Trained trained =
                LanguageModels.train(text.stream().map(Sentence::tokens).toList(), settings, Listeners.logging());
        print(
                "language model of %d words: perplexity %.1f of the next word and %.1f of the previous one;"
                        + " by word frequencies %.1f and %.1f%n",
                trained.model().codes().vocabulary().size(),
                trained.heldOut().next(),
                trained.heldOut().previous(),
                trained.frequencies().next(),
                trained.frequencies().previous());
        return trained.model();
    }

    private Words words(Reading reading, List<Sentence> train, LanguageModel language) {
        if (reading == Reading.WORDS) {
            Vocabulary vocabulary = Vocabulary.builder()
                    .ignoreCase(true)
                    .minCount(2)
                    .fit(train.stream().map(Sentence::tokens).toList());
            ModelBuilder start = MultiTaskModel.builder().input(SnipsData.TEXT, Shape.tokens(vocabulary.size()));
            return new Words(start, vocabulary, null);
        }
        ContextualEmbedding learned = language.embedding();
        ContextualEmbedding embedding = switch (reading) {
            case FROZEN -> learned.freeze();
            case UNTRAINED -> new ContextualEmbedding(learned.model(), false, LearnedStart.drawn());
            default -> learned;
        };
        ModelBuilder start = MultiTaskModel.builder()
                .input(
                        SnipsData.TEXT,
                        language.codes().shape(),
                        Stems.chain(Stems.contextual(embedding), new Dropout(dropout)));
        return new Words(start, language.codes().vocabulary(), language);
    }

    private MultiTaskModel tasks(ModelBuilder start, ClassNames intents, ClassNames slots) {
        return start.encoder(Encoders.lstm()
                        .embedding(100)
                        .units(units)
                        .bidirectional()
                        .dropout(dropout)
                        .everyStep())
                .task(Tasks.classification(SnipsData.INTENT, intents.size())
                        .classNames(intents.names().toArray(String[]::new))
                        .pool(SequencePool.Kind.MAX))
                .task(Tasks.tagging(SnipsData.SLOT, slots.size())
                        .classNames(slots.names().toArray(String[]::new)))
                .seed(options.seed())
                .build();
    }

    /** A model's input, and how words become it: by their numbers, or as the language model reads them. */
    private record Words(ModelBuilder start, Vocabulary vocabulary, LanguageModel language) {

        private static final double HIDDEN = 0.05;

        DataSource source(List<Sentence> sentences, ClassNames intents, ClassNames slots, boolean training) {
            List<List<String>> tokens = sentences.stream().map(Sentence::tokens).toList();
            SequenceSource.Builder builder = SequenceSource.builder(SnipsData.TEXT)
                    .labels(SnipsData.INTENT, intents.labels(SnipsData.intents(sentences)))
                    .labels(
                            SnipsData.SLOT,
                            slots.tags(sentences.stream()
                                    .map(s -> s.tags(SnipsData.SLOT))
                                    .toList()));
            if (language != null) {
                return builder.features(language.codes().encode(tokens)).build();
            }
            DataSource clean = builder.tokens(vocabulary.encode(tokens)).build();
            return training ? new AugmentedSource(clean, new WordDropout(HIDDEN, Vocabulary.UNKNOWN)) : clean;
        }
    }
}
