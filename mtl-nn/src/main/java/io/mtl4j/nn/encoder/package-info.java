/** SHARED ENCODERS: {@link io.mtl4j.nn.encoder.Encoder} turns an input into the representation that all tasks read. */
package io.mtl4j.nn.encoder;
