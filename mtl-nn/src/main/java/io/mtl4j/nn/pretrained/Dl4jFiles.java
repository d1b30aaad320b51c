package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.GraphEncoder;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Networks that DL4J wrote with {@code ModelSerializer.writeModel} or {@code save}, {@code MultiLayerNetwork}s as well as
 * {@code ComputationGraph}s, as encoders that start with the weights of the file.
 *
 * <pre>{@code
 * Encoder features(Path zip) {
 *     return Dl4jFiles.encoder(zip, "avgpool").freeze();
 * }
 * }</pre>
 *
 * <p>A layer of a {@code MultiLayerNetwork} goes by its name, or by its number from 0 if it has none of its own.
 *
 * <p>Files of others are treated as such. The configuration is JSON that names classes: every name is looked at before DL4J
 * makes an object, and only DL4J's and ND4J's own descriptions of layers, activations, losses, updaters and schedules are let
 * through. The weights are read by this library, not by DL4J, as many as the configuration asks for and not more than the
 * file holds. Of the other parts of the zip, such as the state of the updater and the normalizer, which may be written by Java
 * serialisation, nothing is read. What remains is that DL4J itself makes objects of a checked description.
 */
public final class Dl4jFiles {

    private Dl4jFiles() {}

    /**
     * {@return the network up to the layer that its output layer reads, or all of it if it ends without a loss}
     *
     * @param file the zip file
     * @throws DataFileException if it is missing, damaged, holds no network, or names a class that is not allowed
     * @throws IllegalArgumentException if the network has several inputs, outputs, or layers before its output layer
     */
    public static GraphEncoder encoder(Path file) {
        return Encoders.graphBeforeOutput(graph(file));
    }

    /**
     * {@return the network up to a layer}
     *
     * @param file the zip file
     * @param layer name of the layer or vertex whose activation is the representation
     * @throws DataFileException if the file is missing, damaged, holds no network, or names a class that is not allowed
     * @throws IllegalArgumentException if there is no such layer, it is an output layer, or it needs several inputs
     */
    public static GraphEncoder encoder(Path file, String layer) {
        return Encoders.graph(graph(file), layer);
    }

    private static ComputationGraph graph(Path file) {
        return Dl4jZip.read(file);
    }
}
