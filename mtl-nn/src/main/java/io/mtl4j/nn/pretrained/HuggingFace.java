package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.encoder.LearnedStart;
import io.mtl4j.nn.layer.SegmentEmbedding;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Networks from a folder as Hugging Face lays it out and {@code git clone} or {@code huggingface-cli download} fetches it:
 * {@code config.json}, {@code model.safetensors} and {@code tokenizer.json}. Nothing is fetched from the network, and no code
 * of the folder is run.
 */
public final class HuggingFace {

    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String SEPARATOR = "[SEP]";
    private static final int LARGEST_TOKENIZER = 1 << 27;

    private HuggingFace() {}

    /**
     * {@return the encoder of a BERT or a relative, giving the first step}
     *
     * <p>{@code model_type} may be bert, roberta, xlm-roberta, camembert or distilbert. Weights are read from {@code
     * model.safetensors}, or its parts by {@code model.safetensors.index.json}, in types F32, F16 and BF16; heads in it do not
     * matter. Here the file is only checked: each model that is built reads the arrays, so the folder must stay until then.
     * If the network knows two segments, the separator is what {@code tokenizer.json} calls {@code [SEP]}; without that file,
     * all is one segment.
     *
     * @param folder the folder
     * @throws DataFileException if a file is missing, damaged, does not fit the others, or describes another kind of network
     */
    public static BertEncoder bert(Path folder) {
        BertConfigReader reader = BertConfigReader.of(folder.resolve(CONFIG));
        WeightFolder weights = WeightFolder.open(folder);
        BertNames names = new BertNames(weights, reader.family());
        int separator = reader.segments() > 1 ? separator(folder) : SegmentEmbedding.NO_SEPARATOR;
        BertConfig config = reader.config(separator, names.hasPooler());
        LearnedStart start = LearnedStart.reading(names.starts(config, reader.skippedPositions()));
        return new BertEncoder(config, BertEncoder.Output.FIRST_STEP, 0, start);
    }

    /**
     * {@return the tokenizer of a network, which cuts texts off where the network's positions end}
     *
     * <p>Needs a library beside this one; see {@link PieceTokenizer}.
     *
     * @param folder the folder, with a {@code tokenizer.json}
     * @throws DataFileException if a file is missing or damaged
     * @throws IllegalStateException if Hugging Face's library is not on the class path
     */
    public static PieceTokenizer tokenizer(Path folder) {
        BertConfigReader reader = BertConfigReader.of(folder.resolve(CONFIG));
        return PieceTokenizer.open(folder.resolve(TOKENIZER), reader.longest());
    }

    private static int separator(Path folder) {
        Path file = folder.resolve(TOKENIZER);
        if (!Files.exists(file)) {
            return SegmentEmbedding.NO_SEPARATOR;
        }
        for (JsonNode token : StrictJson.read(file, LARGEST_TOKENIZER).path("added_tokens")) {
            if (token.path("content").asText().equals(SEPARATOR)) {
                return token.path("id").asInt(SegmentEmbedding.NO_SEPARATOR);
            }
        }
        return SegmentEmbedding.NO_SEPARATOR;
    }
}
