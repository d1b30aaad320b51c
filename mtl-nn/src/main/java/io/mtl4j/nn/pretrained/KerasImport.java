package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.encoder.GraphEncoder;
import io.mtl4j.nn.internal.LocalFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.Hdf5Archive;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.modelimport.keras.exceptions.InvalidKerasConfigurationException;
import org.deeplearning4j.nn.modelimport.keras.exceptions.UnsupportedKerasConfigurationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** All that uses DL4J's import of Keras networks, which may be missing. */
final class KerasImport {

    private static final String CONFIGURATION = "model_config";
    private static final byte[] MAGIC = "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1);

    private KerasImport() {}

    static GraphEncoder encoder(Path file, Optional<String> layer) {
        try (LocalFile local = LocalFile.of(file)) {
            requireHdf5(file);
            boolean sequential = KerasLayers.check(file.toString(), configuration(file, local.path()));
            ComputationGraph graph = network(file, local.path(), sequential);
            return Encoders.graph(graph, layer.orElseGet(() -> beforeLast(file, graph)));
        } catch (IOException | UnsupportedKerasConfigurationException e) {
            throw refused(file, e);
        }
    }

    /** DL4J's import tells of what it does not know in many ways. */
    private static ComputationGraph network(Path file, Path local, boolean sequential) {
        try {
            return sequential ? ofLayers(local) : ofGraph(local);
        } catch (IOException
                | InvalidKerasConfigurationException
                | UnsupportedKerasConfigurationException
                | RuntimeException e) {
            throw refused(file, e);
        }
    }

    private static DataFileException refused(Path file, Exception cause) {
        return DataFileException.of(
                        file.toString(),
                        "DL4J cannot import it (" + cause.getMessage()
                                + "); networks that Keras 1 or 2 saved as HDF5 can be read")
                .because(cause);
    }

    private static void requireHdf5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(MAGIC, in.readNBytes(MAGIC.length))) {
                throw DataFileException.of(
                        file.toString(),
                        "is no HDF5 file; Keras writes one by model.save(\"x.h5\"), and other formats cannot be read");
            }
        }
    }

    private static String configuration(Path file, Path local) throws UnsupportedKerasConfigurationException {
        try (Hdf5Archive archive = new Hdf5Archive(local.toString())) {
            if (!archive.hasAttribute(CONFIGURATION)) {
                throw DataFileException.of(
                        file.toString(),
                        "has no " + CONFIGURATION + "; save the whole network by model.save, not its weights alone");
            }
            String json = archive.readAttributeAsJson(CONFIGURATION);
            int end = json.indexOf('\0'); // behind it is what was in memory before
            return end < 0 ? json : json.substring(0, end);
        }
    }

    private static ComputationGraph ofLayers(Path local)
            throws IOException, InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        MultiLayerNetwork network = KerasModelImport.importKerasSequentialModelAndWeights(local.toString(), false);
        return Dl4jConfiguration.graph(
                Dl4jConfiguration.graph(network.getLayerWiseConfigurations()),
                network.params().dup());
    }

    private static ComputationGraph ofGraph(Path local)
            throws IOException, InvalidKerasConfigurationException, UnsupportedKerasConfigurationException {
        ComputationGraph network = KerasModelImport.importKerasModelAndWeights(local.toString(), false);
        return Dl4jConfiguration.graph(
                network.getConfiguration().clone(), network.params().dup());
    }

    private static String beforeLast(Path file, ComputationGraph graph) {
        ComputationGraphConfiguration configuration = graph.getConfiguration();
        List<String> outputs = configuration.getNetworkOutputs();
        List<String> before =
                outputs.size() == 1 ? configuration.getVertexInputs().get(outputs.get(0)) : outputs;
        if (before.size() != 1 || configuration.getNetworkInputs().contains(before.get(0))) {
            throw new IllegalArgumentException(file + ": the network ends with " + outputs + ", which reads " + before
                    + "; name the layer whose activation is the representation, one of "
                    + configuration.getVertices().keySet());
        }
        return before.get(0);
    }
}
