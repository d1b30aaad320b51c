package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.encoder.GraphEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Networks that Keras 1 or 2 wrote with {@code model.save("model.h5")}, sequential and functional ones, as encoders that start
 * with the weights of the file.
 *
 * <pre>{@code
 * Encoder features(Path h5) {
 *     return KerasFiles.encoder(h5, "global_average_pooling2d").freeze();
 * }
 * }</pre>
 *
 * <p>Pictures go in and come out as {@code [batch, channels, height, width]} whatever order Keras had them in; sequences are
 * {@code [batch, time, features]}. Layers are those that DL4J's import knows; a {@code Lambda}, which holds Python code, and
 * layers of other packages are refused by name before DL4J sees them.
 *
 * <p>The work is done by DL4J's import of Keras networks, which an application that uses this class adds: {@code
 * org.deeplearning4j:deeplearning4j-modelimport:1.0.0-M2.1} (Apache-2.0, with the native library HDF5 for Linux, Windows and
 * macOS on x86-64, and Linux on ARM64). Models saved with such an encoder may need it as well when they are loaded, for the
 * descriptions of layers that DL4J has for Keras alone.
 *
 * <p><b>Safety.</b> The description of the network is checked as above. The file itself is read by the C library HDF5, which
 * cannot be made safe against files made to harm it; open only files of people that you trust.
 */
public final class KerasFiles {

    private KerasFiles() {}

    /**
     * {@return the network up to the layer that its last layer reads}
     *
     * @param file the HDF5 file
     * @throws DataFileException if it is missing, holds no network of Keras, or one with layers that are not known
     * @throws IllegalStateException if DL4J's import is not on the class path
     * @throws IllegalArgumentException if the network has several inputs, outputs, or layers before its last one
     */
    public static GraphEncoder encoder(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * {@return the network up to a layer}
     *
     * @param file the HDF5 file
     * @param layer Keras's name of the layer whose activation is the representation
     * @throws DataFileException if the file is missing, holds no network of Keras, or one with layers that are not known
     * @throws IllegalStateException if DL4J's import is not on the class path
     * @throws IllegalArgumentException if there is no such layer, or it needs several inputs
     */
    public static GraphEncoder encoder(Path file, String layer) {
        return read(file, Optional.of(layer));
    }

    private static GraphEncoder read(Path file, Optional<String> layer) {
        if (!Files.isRegularFile(file)) {
            throw DataFileException.of(
                    file.toString(), "there is no such file; give one that model.save(\"x.h5\") wrote");
        }
        try {
            return KerasImport.encoder(file, layer);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "keras: the class " + e.getMessage().replace('/', '.') + " is not on the class path; add the"
                            + " dependency org.deeplearning4j:deeplearning4j-modelimport:1.0.0-M2.1",
                    e);
        }
    }
}
