package io.mtl4j.nn.encoder;

import io.mtl4j.nn.internal.NamedClasses;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The configuration of a DL4J graph as JSON. DL4J's own reader makes an object of any class that the text names, so every
 * name is looked at first: a model file must not choose the classes that are run.
 */
final class GraphJson {

    private static final String SHADED = "org.nd4j.shade.";
    private static final List<String> ALLOWED = List.of("org.deeplearning4j.", "org.nd4j.");

    private GraphJson() {}

    /**
     * Reads a configuration.
     *
     * @throws IllegalArgumentException if it names a class of another library or cannot be read
     */
    static ComputationGraphConfiguration parse(String json) {
        check(json);
        ComputationGraphConfiguration configuration;
        try {
            configuration = ComputationGraphConfiguration.fromJson(json);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "graph: DL4J cannot read the configuration (" + e.getMessage()
                            + "); give what ComputationGraphConfiguration.toJson() wrote with this version of DL4J",
                    e);
        }
        if (configuration == null || configuration.getVertices() == null || configuration.getNetworkInputs() == null) {
            throw new IllegalArgumentException(
                    "graph: the JSON is not a configuration of a ComputationGraph; give what its toJson() wrote");
        }
        return configuration;
    }

    /**
     * Looks at every class that a configuration names, duplicates included, without making an object.
     *
     * @throws IllegalArgumentException if one is of another library, or the text is not JSON
     */
    static void check(String json) {
        Optional<String> outside;
        try {
            outside = NamedClasses.firstOutside(json, GraphJson::isAllowed);
        } catch (IOException e) {
            throw new IllegalArgumentException("graph: the configuration is not JSON: " + e.getMessage(), e);
        }
        outside.ifPresent(name -> {
            throw new IllegalArgumentException("graph: the configuration names the class " + name
                    + "; only classes of DL4J and ND4J (" + String.join("*, ", ALLOWED)
                    + "*) can be in a graph encoder, because it must be possible to load the model safely;"
                    + " write an own layer as an io.mtl4j.nn.layer.LayerSpec instead");
        });
    }

    /** Not what ND4J brings along of other libraries. */
    private static boolean isAllowed(String name) {
        return ALLOWED.stream().anyMatch(name::startsWith) && !name.startsWith(SHADED);
    }
}
