package io.mtl4j.examples;

import io.mtl4j.metric.Span;
import io.mtl4j.metric.TagSet;
import io.mtl4j.nn.data.text.Tokenizer;
import io.mtl4j.nn.data.text.Vocabulary;
import io.mtl4j.nn.head.TaskPrediction;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Prediction;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained model with the vocabulary that it needs to read plain text.
 *
 * @param model the model of {@link SnipsIntentSlots}
 * @param vocabulary the words of its training
 */
record SentenceReader(MultiTaskModel model, Vocabulary vocabulary) {

    private static final String MODEL = "model.mtl";
    private static final String WORDS = "vocabulary.txt";

    /** Loads what {@link #save} left. */
    static SentenceReader load(Path folder) throws IOException {
        return new SentenceReader(
                ModelFiles.load(folder.resolve(MODEL)),
                new Vocabulary(Files.readAllLines(folder.resolve(WORDS)), true));
    }

    /** Saves model and vocabulary, a word a line. */
    void save(Path folder) throws IOException {
        Files.createDirectories(folder);
        ModelFiles.save(model, folder.resolve(MODEL));
        Files.write(folder.resolve(WORDS), vocabulary.words());
    }

    /** {@return what a sentence asks for, and what fills its slots, in lines for people} */
    String read(String text) {
        List<String> words = Tokenizer.words().tokenize(text);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("sentence \"" + text + "\" has no words; type at least one");
        }
        int[] numbers = vocabulary.encode(List.of(words))[0];
        INDArray tokens = Nd4j.createFromArray(numbers).castTo(Nd4j.dataType()).reshape(1, numbers.length);
        Prediction answer = model.predict(SnipsData.TEXT, tokens);
        TaskPrediction intent = answer.task(SnipsData.INTENT);
        TaskPrediction tags = answer.task(SnipsData.SLOT);
        StringBuilder lines = new StringBuilder(String.format(
                Locale.ROOT,
                "\"%s\"%n  %s (%.1f %%)%n",
                text,
                intent.label(),
                100 * Arrays.stream(intent.probabilities()).max().orElseThrow()));
        int[] tagNumbers = tags.classes().stream().mapToInt(Integer::intValue).toArray();
        for (Span span : new TagSet(tags.task().classNames()).spans(tagNumbers)) {
            lines.append(String.format(
                    Locale.ROOT,
                    "  %s = %s%n",
                    span.type(),
                    String.join(" ", words.subList(span.start(), span.end()))));
        }
        return lines.toString();
    }
}
