package io.mtl4j.nn.model;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A task's logits in an evaluation. They are the same array, unless the task's head {@linkplain
 * io.mtl4j.nn.head.Head#readsTargets reads its targets}.
 *
 * @param told what the head gives when it knows its targets, for the loss
 * @param free what it gives without, for the metrics
 */
public record TaskLogits(INDArray told, INDArray free) {}
