package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.layer.Activation;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads {@code config.json} of a BERT or a relative.
 *
 * @param file the file
 * @param json what it says
 * @param family how the network names things
 */
record BertConfigReader(Path file, JsonNode json, BertFamily family) {

    private static final int LARGEST = 1 << 24;
    private static final double DEFAULT_DROPOUT = 0.1;
    private static final double DEFAULT_EPSILON = 1e-12;
    private static final Map<String, Activation> ACTIVATIONS = new TreeMap<>(Map.of(
            "gelu", Activation.GELU,
            "gelu_new", Activation.GELU_TANH,
            "gelu_fast", Activation.GELU_TANH,
            "gelu_pytorch_tanh", Activation.GELU_TANH,
            "quick_gelu", Activation.QUICK_GELU,
            "relu", Activation.RELU,
            "silu", Activation.SWISH,
            "swish", Activation.SWISH));

    static BertConfigReader of(Path file) {
        JsonNode json = StrictJson.read(file, LARGEST);
        JsonNode type = json.path("model_type");
        BertFamily family = BertFamily.of(type.asText())
                .orElseThrow(() -> DataFileException.of(
                        file.toString(),
                        "model_type is " + StrictJson.shortened(type) + "; this library reads "
                                + BertFamily.allTypes()));
        BertConfigReader reader = new BertConfigReader(file, json, family);
        reader.refuse(
                "position_embedding_type", json.path("position_embedding_type").asText("absolute"), "absolute");
        reader.refuse("is_decoder", String.valueOf(json.path("is_decoder").asBoolean()), "false");
        return reader;
    }

    private void refuse(String name, String found, String wanted) {
        if (!found.equals(wanted)) {
            throw wrong(name, "\"" + found + "\"", "only \"" + wanted + "\" can be read");
        }
    }

    private DataFileException wrong(String name, String found, String rule) {
        return DataFileException.of(file.toString(), name + " is " + found + "; " + rule);
    }

    /** {@return the number of rows of the table of positions that stand for no position} */
    int skippedPositions() {
        return family.equals(BertFamily.ROBERTA) ? count("pad_token_id", 0, 1) + 1 : 0;
    }

    /** {@return the number of segments that have vectors} */
    int segments() {
        return family.equals(BertFamily.DISTILBERT) ? 0 : count("type_vocab_size", 1, 2);
    }

    /** {@return the greatest number of steps} */
    int longest() {
        int positions = count("max_position_embeddings", 1, 512);
        if (positions <= skippedPositions()) {
            throw wrong("max_position_embeddings", String.valueOf(positions), "it must be above the id of padding + 1");
        }
        return positions - skippedPositions();
    }

    BertConfig config(int separator, boolean pooler) {
        boolean distil = family.equals(BertFamily.DISTILBERT);
        try {
            return new BertConfig(
                    count("vocab_size", 1, -1),
                    count(distil ? "dim" : "hidden_size", 1, -1),
                    count(distil ? "n_layers" : "num_hidden_layers", 1, -1),
                    count(distil ? "n_heads" : "num_attention_heads", 1, -1),
                    count(distil ? "hidden_dim" : "intermediate_size", 1, -1),
                    activation(distil ? "activation" : "hidden_act"),
                    longest(),
                    segments(),
                    separator,
                    number("layer_norm_eps", DEFAULT_EPSILON),
                    number(distil ? "dropout" : "hidden_dropout_prob", DEFAULT_DROPOUT),
                    number(distil ? "attention_dropout" : "attention_probs_dropout_prob", DEFAULT_DROPOUT),
                    pooler);
        } catch (IllegalArgumentException e) {
            throw DataFileException.of(file.toString(), e.getMessage()).because(e);
        }
    }

    /** A negative {@code otherwise} means that the file must say it. */
    private int count(String name, int low, int otherwise) {
        JsonNode node = json.path(name);
        if ((node.isMissingNode() || node.isNull()) && otherwise >= 0) {
            return otherwise;
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < low) {
            throw wrong(name, StrictJson.shortened(node), "it must be a whole number, at least " + low);
        }
        return node.intValue();
    }

    private double number(String name, double otherwise) {
        JsonNode node = json.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isNumber()) {
            throw wrong(name, StrictJson.shortened(node), "it must be a number");
        }
        return node.doubleValue();
    }

    private Activation activation(String name) {
        Activation found = ACTIVATIONS.get(json.path(name).asText("gelu"));
        if (found == null) {
            throw wrong(name, StrictJson.shortened(json.path(name)), "it must be one of " + ACTIVATIONS.keySet());
        }
        return found;
    }
}
