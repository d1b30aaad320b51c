package io.mtl4j.nn.pretrained;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.internal.NamedClasses;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Descriptions of DL4J's networks, from JSON of others, as graphs. */
final class Dl4jConfiguration {

    private static final List<String> ALLOWED = List.of(
            "org.deeplearning4j.nn.conf.",
            "org.deeplearning4j.nn.weights.",
            "org.deeplearning4j.nn.modelimport.keras.layers.",
            "org.deeplearning4j.nn.modelimport.keras.preprocessors.",
            "org.nd4j.linalg.activations.impl.",
            "org.nd4j.linalg.learning.config.",
            "org.nd4j.linalg.learning.regularization.",
            "org.nd4j.linalg.lossfunctions.impl.",
            "org.nd4j.linalg.schedule.");
    private static final String INPUT = "input";

    private Dl4jConfiguration() {}

    /** {@return the graph that JSON describes, after a look at every class that it names} */
    static ComputationGraphConfiguration parse(String file, String json) {
        Set<String> fields = check(file, json);
        try {
            if (fields.contains("vertices")) {
                return ComputationGraphConfiguration.fromJson(json);
            }
            if (fields.contains("confs")) {
                return graph(MultiLayerConfiguration.fromJson(json));
            }
        } catch (RuntimeException e) {
            throw DataFileException.of(
                            file,
                            "DL4J cannot read configuration.json (" + e.getMessage() + "); save the network again")
                    .because(e);
        }
        throw DataFileException.of(
                file, "configuration.json is of no network; it must have the field \"vertices\" or \"confs\"");
    }

    /** {@return the fields of the outermost object} */
    private static Set<String> check(String file, String json) {
        Set<String> outermost = new HashSet<>();
        int depth = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.FIELD_NAME && depth == 1) {
                    outermost.add(parser.currentName());
                }
            }
            NamedClasses.firstOutside(json, name -> ALLOWED.stream().anyMatch(name::startsWith))
                    .ifPresent(name -> refuse(file, name));
        } catch (IOException e) {
            throw DataFileException.of(file, "configuration.json is no JSON; save the network again")
                    .because(e);
        }
        return outermost;
    }

    private static void refuse(String file, String name) {
        throw DataFileException.of(
                file,
                "configuration.json names the class " + name
                        + ", which is none of DL4J's descriptions of networks ("
                        + String.join("*, ", ALLOWED)
                        + "*); a file must not choose the classes that are run, so it is not read");
    }

    /** {@return the number of parameters, found without taking memory for them} */
    static long parameters(String file, ComputationGraphConfiguration graph) {
        try {
            long count = 0;
            for (GraphVertex vertex : graph.getVertices().values()) {
                long more = vertex.numParams(true);
                if (more < 0) {
                    throw new ArithmeticException("a layer has " + more);
                }
                count = Math.addExact(count, more);
            }
            return count;
        } catch (RuntimeException e) {
            throw DataFileException.of(
                            file,
                            "DL4J cannot count the parameters of the network (" + e.getMessage()
                                    + "); save the network again")
                    .because(e);
        }
    }

    /** {@return layers one after the other as a graph, whose vertices have the layers' names or numbers} */
    static ComputationGraphConfiguration graph(MultiLayerConfiguration layers) {
        GraphBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(layers.getDataType())
                .graphBuilder()
                .addInputs(INPUT);
        Set<String> names = new HashSet<>();
        String below = INPUT;
        for (int i = 0; i < layers.getConfs().size(); i++) {
            Layer layer = layers.getConf(i).getLayer().clone();
            String own = layer.getLayerName();
            String name =
                    own == null || own.isEmpty() || own.equals(INPUT) || names.contains(own) ? String.valueOf(i) : own;
            names.add(name);
            builder.addLayer(name, layer, layers.getInputPreProcess(i), below);
            below = name;
        }
        return builder.setOutputs(below).validateOutputLayerConfig(false).build();
    }

    /** {@return a graph with these parameters; DL4J writes the time of day into new configurations, which is taken out} */
    static ComputationGraph graph(ComputationGraphConfiguration configuration, INDArray parameters) {
        configuration.setDataType(parameters.dataType());
        configuration.getDefaultConfiguration().setSeed(0);
        for (GraphVertex vertex : configuration.getVertices().values()) {
            if (vertex instanceof LayerVertex layer) {
                layer.getLayerConf().setSeed(0);
            }
        }
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init(parameters, false);
        return graph;
    }
}
