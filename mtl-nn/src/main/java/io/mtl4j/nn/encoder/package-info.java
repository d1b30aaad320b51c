/**
 * SHARED ENCODERS: {@link io.mtl4j.nn.encoder.Encoder} turns an input into the representation that all tasks read.
 *
 * <p>{@link io.mtl4j.nn.encoder.Encoders} is where they begin: a {@linkplain io.mtl4j.nn.encoder.Mlp perceptron} for
 * vectors, a {@linkplain io.mtl4j.nn.encoder.Cnn convolutional network} for pictures, an {@linkplain
 * io.mtl4j.nn.encoder.LstmEncoder LSTM} or a {@linkplain io.mtl4j.nn.encoder.TransformerEncoder transformer} for tokens and
 * other sequences, whose padding never changes a result, and a {@linkplain io.mtl4j.nn.encoder.Gnn graph neural network} for
 * nodes with edges. {@linkplain io.mtl4j.nn.encoder.GraphEncoder Any DL4J graph}, also a trained one, can take their place.
 * An encoder is a plain immutable value made of {@linkplain io.mtl4j.nn.layer.LayerSpec layers}; to write one of your own,
 * implement {@code Encoder} with a record, and bind a {@link io.mtl4j.nn.layer.Chain} or whatever it takes.
 *
 * <p>Inputs of different shapes share an encoder through {@linkplain io.mtl4j.nn.encoder.Stems stems}. A stem can also be a
 * {@linkplain io.mtl4j.nn.encoder.ContextualEmbedding contextual embedding}: words as a language model reads them.
 */
package io.mtl4j.nn.encoder;
