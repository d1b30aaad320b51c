/**
 * The layers of this library as layers of DL4J: {@link io.mtl4j.nn.dl4j.MtlLayer} puts any {@link
 * io.mtl4j.nn.layer.LayerSpec} (a layer, a chain of layers, a whole encoder) into a plain {@code ComputationGraph} or {@code
 * MultiLayerNetwork}, beside DL4J's own layers and trained, saved and loaded like them.
 *
 * <pre>{@code
 * ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
 *         .seed(7)
 *         .updater(new Adam(1e-3))
 *         .graphBuilder()
 *         .addInputs("image")
 *         .addLayer("features", MtlLayer.of(Conv2d.of(16, 3)), "image")
 *         .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "features")
 *         .addLayer("out", new OutputLayer.Builder().nOut(10).activation(Activation.SOFTMAX).build(), "pool")
 *         .setOutputs("out")
 *         .setInputTypes(InputType.convolutional(28, 28, 1))
 *         .build();
 * }</pre>
 *
 * <p>Arrays are in DL4J's order at its side, {@code [batch, features, time]} for sequences unless the input type says
 * otherwise; the layers work in the order of {@link io.mtl4j.nn.layer.Shape}, and the bridge converts.
 */
package io.mtl4j.nn.dl4j;
