package io.mtl4j.metric;

/**
 * An entity found in a sequence.
 *
 * @param type its type, such as {@code PER}; empty when tags have none
 * @param start its first element, from 0
 * @param end one past its last element
 */
public record Span(String type, int start, int end) {}
