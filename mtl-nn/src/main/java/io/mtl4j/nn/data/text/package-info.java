/**
 * Texts in files, and words as numbers. {@link io.mtl4j.nn.data.text.ConllReader} reads sentences with tags, a {@link
 * io.mtl4j.nn.data.text.Tokenizer} splits plain texts into words, and a {@link io.mtl4j.nn.data.text.Vocabulary}, made from
 * the training part, numbers the words; {@link io.mtl4j.nn.data.text.WordCodes} number their characters as well:
 *
 * <pre>{@code
 * DataSource sentences(List<Sentence> train) {
 *     List<List<String>> tokens = train.stream().map(Sentence::tokens).toList();
 *     List<List<String>> tags = train.stream().map(sentence -> sentence.tags("slot")).toList();
 *     List<String> intents = train.stream().map(sentence -> sentence.property("intent")).toList();
 *     Vocabulary vocabulary = Vocabulary.builder().ignoreCase(true).minCount(2).fit(tokens);
 *     return SequenceSource.builder("text")
 *             .tokens(vocabulary.encode(tokens))
 *             .labels("slot", ClassNames.of(tags.stream().flatMap(List::stream).toList()).tags(tags))
 *             .labels("intent", ClassNames.of(intents).labels(intents))
 *             .build();
 * }
 * }</pre>
 */
package io.mtl4j.nn.data.text;
