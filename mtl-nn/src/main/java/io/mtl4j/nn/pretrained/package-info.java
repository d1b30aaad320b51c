/**
 * NETWORKS THAT WERE TRAINED ELSEWHERE, as shared encoders.
 *
 * <p>{@link io.mtl4j.nn.pretrained.HuggingFace} reads the encoders of the BERT family from a folder, and their tokenizers.
 * A model that tells intents and tags slots, where the first two blocks keep what they learned:
 *
 * <pre>{@code
 * MultiTaskModel assistant(Path folder) {
 *     BertEncoder bert = HuggingFace.bert(folder).everyStep().freezeFirst(3);
 *     return MultiTaskModel.builder()
 *             .input("text", bert.input())
 *             .encoder(bert)
 *             .task(Tasks.tagging("slot", 9))
 *             .seed(7)
 *             .build();
 * }
 * }</pre>
 */
package io.mtl4j.nn.pretrained;
