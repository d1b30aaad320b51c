package io.mtl4j.nn.layer;

/** What a sliding window sees beyond the edge of a picture. */
public enum Padding {
    /**
     * Zeros around the picture, so that the output has {@code ceil(input / stride)} rows and columns. If the number of
     * added rows is odd, the extra one is below; the extra column is on the right.
     */
    SAME,
    /** Nothing: the output has {@code floor((input - window) / stride) + 1} rows and columns. */
    VALID
}
