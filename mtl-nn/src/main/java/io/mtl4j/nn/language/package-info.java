/**
 * Language models learned from plain text, as the input of other models: ELMo's way (Peters et al., "Deep Contextualized
 * Word Representations", NAACL 2018).
 *
 * <p>{@link io.mtl4j.nn.language.LanguageModels#train} learns two tasks on sentences without labels: which word comes next,
 * from the words before it, and which came before, from those behind it. What the {@link io.mtl4j.nn.language.LanguageModel}
 * learned of words in their sentences is then the {@linkplain io.mtl4j.nn.encoder.ContextualEmbedding input} of a model
 * with few labels:
 *
 * <pre>{@code
 * MultiTaskModel tagger(List<List<String>> plainText) {
 *     LanguageModel language = LanguageModels.train(plainText, LanguageModelSettings.builder().units(100).epochs(6).build())
 *             .model();
 *     return MultiTaskModel.builder()
 *             .input("text", language.codes().shape(), Stems.contextual(language.embedding().freeze()))
 *             .encoder(Encoders.lstm().units(64).bidirectional().everyStep())
 *             .task(Tasks.tagging("slot", 5))
 *             .build();
 * }
 * }</pre>
 *
 * <p>Its data are what {@link io.mtl4j.nn.data.text.WordCodes#encode} gives. Keep the codes with the model: a model file has
 * the parameters of the language model, but not the characters and words.
 */
package io.mtl4j.nn.language;
