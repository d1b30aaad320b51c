/**
 * TASK HEADS: a {@link io.mtl4j.nn.head.Head} turns the shared representation into logits, knows its {@linkplain
 * io.mtl4j.nn.head.LossFunction loss}, and reads logits as answers.
 */
package io.mtl4j.nn.head;
