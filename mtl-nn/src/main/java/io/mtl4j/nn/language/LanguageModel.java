package io.mtl4j.nn.language;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.text.WordCodes;
import io.mtl4j.nn.encoder.BidirectionalLanguageModel;
import io.mtl4j.nn.encoder.ContextualEmbedding;
import io.mtl4j.nn.encoder.LearnedStart;
import io.mtl4j.nn.evaluate.Evaluation;
import io.mtl4j.nn.evaluate.Evaluator;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.persist.ModelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A trained language model: a model of the tasks {@value #NEXT} and {@value #PREVIOUS}, and the codes of the words it reads.
 *
 * @param model the model; its encoder is a {@link BidirectionalLanguageModel}
 * @param codes how words become its input
 */
public record LanguageModel(MultiTaskModel model, WordCodes codes) {

    /** The input: a sentence as {@link WordCodes} write it. */
    public static final String TEXT = "text";

    /** The task that predicts each next word, and the end behind the last. */
    public static final String NEXT = "next";

    /** The task that predicts each word before, and the beginning before the first. */
    public static final String PREVIOUS = "previous";

    private static final String ENCODER = "encoder.";
    private static final String MODEL_FILE = "language-model.mtl";
    private static final String CODES_FILE = "word-codes.json";

    /** Checks that the model is one of language. */
    public LanguageModel {
        Objects.requireNonNull(codes, "codes");
        if (!(model.architecture().encoder() instanceof BidirectionalLanguageModel)) {
            throw new IllegalArgumentException("language model: the encoder is \""
                    + model.architecture().encoder().kind() + "\"; it must be a BidirectionalLanguageModel");
        }
    }

    /** {@return what it learned, as the input of another model: to be tuned there, unless frozen} */
    public ContextualEmbedding embedding() {
        Map<String, INDArray> learned = new HashMap<>();
        for (Parameter parameter : model.network().store().layout().parameters()) {
            if (parameter.name().startsWith(ENCODER)) {
                learned.put(
                        parameter.name().substring(ENCODER.length()),
                        model.network().store().values()[parameter.index()]);
            }
        }
        return new ContextualEmbedding(
                (BidirectionalLanguageModel) model.architecture().encoder(), false, LearnedStart.of(learned));
    }

    /**
     * {@return how well it predicts the words of other sentences; unknown words count as one word}
     *
     * @param sentences words of each sentence, at least one each
     */
    public Perplexity perplexity(Collection<List<String>> sentences) {
        Evaluation found = new Evaluator(model, 64).evaluate(MultiTaskData.of(SentenceTasks.source(sentences, codes)));
        return new Perplexity(
                Math.exp(found.task(NEXT).loss()), Math.exp(found.task(PREVIOUS).loss()));
    }

    /**
     * Saves the model and the codes, as two files.
     *
     * @param folder where to; made if it is not there
     * @throws DataFileException if the codes cannot be written
     * @throws io.mtl4j.nn.persist.ModelFileException if the model cannot be written
     */
    public void save(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw DataFileException.of(folder.toString(), "cannot be made: " + e.getMessage())
                    .because(e);
        }
        ModelFiles.save(model, folder.resolve(MODEL_FILE));
        codes.save(folder.resolve(CODES_FILE));
    }

    /**
     * {@return what {@link #save} left in a folder}
     *
     * @param folder the folder
     * @throws DataFileException if the codes cannot be read
     * @throws io.mtl4j.nn.persist.ModelFileException if the model cannot be read
     */
    public static LanguageModel load(Path folder) {
        return new LanguageModel(
                ModelFiles.load(folder.resolve(MODEL_FILE)), WordCodes.load(folder.resolve(CODES_FILE)));
    }
}
