package io.mtl4j.nn.pretrained;

import java.util.List;
import java.util.Optional;

/**
 * Networks with the encoder of BERT, and how each names its arrays.
 *
 * @param types what they call themselves
 * @param prefix stands before all names where the network was saved with a head
 * @param names what the arrays of a block are called
 */
record BertFamily(List<String> types, String prefix, Names names) {

    static final BertFamily BERT = new BertFamily(
            List.of("bert"),
            "bert.",
            new Names(
                    "encoder.layer.",
                    List.of("attention.self.query", "attention.self.key", "attention.self.value"),
                    "attention.output.dense",
                    "attention.output.LayerNorm",
                    "intermediate.dense",
                    "output.dense",
                    "output.LayerNorm"));
    static final BertFamily ROBERTA =
            new BertFamily(List.of("roberta", "xlm-roberta", "camembert"), "roberta.", BERT.names);
    static final BertFamily DISTILBERT = new BertFamily(
            List.of("distilbert"),
            "distilbert.",
            new Names(
                    "transformer.layer.",
                    List.of("attention.q_lin", "attention.k_lin", "attention.v_lin"),
                    "attention.out_lin",
                    "sa_layer_norm",
                    "ffn.lin1",
                    "ffn.lin2",
                    "output_layer_norm"));
    private static final List<BertFamily> ALL = List.of(BERT, ROBERTA, DISTILBERT);

    /**
     * What the arrays of a block are called.
     *
     * @param block stands before its number
     * @param projections of queries, keys and values
     * @param attended behind the attention
     * @param attendedNorm behind that
     * @param wide the first dense layer
     * @param narrow the second
     * @param norm behind that
     */
    record Names(
            String block,
            List<String> projections,
            String attended,
            String attendedNorm,
            String wide,
            String narrow,
            String norm) {}

    static Optional<BertFamily> of(String modelType) {
        return ALL.stream().filter(f -> f.types.contains(modelType)).findFirst();
    }

    /** {@return every model_type that can be read} */
    static List<String> allTypes() {
        return ALL.stream().flatMap(f -> f.types.stream()).toList();
    }
}
