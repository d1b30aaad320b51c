package io.mtl4j.nn.layer;

/**
 * A place in a {@link Pass} where a layer keeps something from forward to backward.
 *
 * @param index its number in the model, from 0
 * @param <T> the type of what is kept
 */
@SuppressWarnings("UnusedTypeParameter") // it ties what is kept to what is read back
public record Slot<T>(int index) {}
