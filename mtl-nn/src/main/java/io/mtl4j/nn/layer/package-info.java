/**
 * The layers that networks are made of, on the operations of {@link io.mtl4j.nn.kernel}, or on ND4J's where those cannot
 * run.
 *
 * <p>A {@link io.mtl4j.nn.layer.LayerSpec} is a plain value (a record) that describes a layer. Bound to an input {@link
 * io.mtl4j.nn.layer.Shape} it becomes a {@link io.mtl4j.nn.layer.Layer}: a function with fixed shapes that declares its
 * {@linkplain io.mtl4j.nn.layer.Parameter parameters} in a {@link io.mtl4j.nn.layer.Binder} and holds no arrays itself.
 * Everything that changes lives in a {@link io.mtl4j.nn.layer.Pass}. So one set of layers serves several data sets with
 * batches of different sizes, several tasks' backward passes after one forward pass, and many predicting threads.
 *
 * <p>To add a layer, write a record that implements {@code LayerSpec}; {@link io.mtl4j.nn.layer.Dense} is a short example.
 */
package io.mtl4j.nn.layer;
