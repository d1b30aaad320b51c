/**
 * The model: {@link io.mtl4j.nn.model.MultiTaskModel} is built with a fluent builder, predicts, and describes itself.
 * What can be asked for answers is a {@link io.mtl4j.nn.model.Predictor}: a model, or an ensemble of models.
 *
 * <p>An {@link io.mtl4j.nn.model.Architecture} is the plain description: inputs, encoder, how tasks share it, heads. A {@link
 * io.mtl4j.nn.model.Network} is what it becomes: bound layers, and the arithmetic of forward and backward passes for
 * batches in which each input brings its own examples. All parameters are views of one flat vector ({@link
 * io.mtl4j.nn.model.ParameterStore}): first what tasks share, then what belongs to one task, then what the joint
 * step leaves alone: the {@linkplain io.mtl4j.nn.model.Generators generators} of adversarial tasks, and frozen layers.
 */
package io.mtl4j.nn.model;
