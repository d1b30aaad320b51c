/**
 * NETWORKS THAT WERE TRAINED ELSEWHERE, as shared encoders.
 *
 * <p>{@link io.mtl4j.nn.pretrained.HuggingFace} reads the encoders of the BERT family from a folder, and their tokenizers.
 * A model that tags slots, where the embeddings and the first two blocks keep what they learned:
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
 *
 * <p>{@link io.mtl4j.nn.pretrained.PieceTokenizer} makes the input of texts. A network of another library for pictures, say, is a
 * file:
 *
 * <pre>{@code
 * Encoder features(Path file) {
 *     return file.toString().endsWith(".h5")
 *             ? KerasFiles.encoder(file, "global_average_pooling2d").freeze()
 *             : Dl4jFiles.encoder(file);
 * }
 * }</pre>
 *
 * <p>{@link io.mtl4j.nn.pretrained.KerasFiles} reads what Keras saved as HDF5, {@link io.mtl4j.nn.pretrained.Dl4jFiles} what
 * DL4J saved as a zip; both cut the network at a layer. Parameters start with the file's values and are trained with the
 * rest, unless they are frozen; a saved model holds them, and the file is needed no more.
 *
 * <p>Files of others are not trusted: sizes are checked before memory is taken, and none can choose which code is run. Where
 * a library below cannot be made safe, its class here says so. Libraries for tokenizers and HDF5 are optional: an application
 * adds them if it uses these classes, and a message names them if they are missing.
 */
package io.mtl4j.nn.pretrained;
