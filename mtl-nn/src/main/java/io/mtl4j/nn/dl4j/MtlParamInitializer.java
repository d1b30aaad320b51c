package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Parameter.Penalty;
import io.mtl4j.nn.layer.Seed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Names, counts and starts the parameters of an {@link MtlLayer}. What decays is a weight to DL4J, other parameters are
 * biases, and buffers are neither. A layer whose input is not known yet has none.
 */
final class MtlParamInitializer implements ParamInitializer {

    static final MtlParamInitializer INSTANCE = new MtlParamInitializer();

    private MtlParamInitializer() {}

    private static Optional<Binding> binding(Layer layer) {
        return ((MtlLayer) layer).binding();
    }

    /** The seed of a layer: of the network's seed and the layer's name. */
    static Seed seed(NeuralNetConfiguration configuration) {
        return new Seed(configuration.getSeed())
                .child(String.valueOf(configuration.getLayer().getLayerName()).hashCode());
    }

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return binding(layer).map(Binding::length).orElse(0L);
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return binding(layer).map(b -> b.names().toList()).orElse(List.of());
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return keys(layer, true);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return keys(layer, false);
    }

    private static List<String> keys(Layer layer, boolean decaying) {
        return binding(layer).stream()
                .flatMap(b -> b.parameters().stream())
                .filter(p -> p.penalty().decays() == decaying)
                .map(Parameter::name)
                .toList();
    }

    @Override
    public boolean isWeightParam(Layer layer, String name) {
        return penalty(layer, name).filter(Penalty::decays).isPresent();
    }

    @Override
    public boolean isBiasParam(Layer layer, String name) {
        return penalty(layer, name).filter(p -> !p.decays()).isPresent();
    }

    private static Optional<Penalty> penalty(Layer layer, String name) {
        return binding(layer).flatMap(b -> b.parameter(name)).map(Parameter::penalty);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray flat, boolean initialize) {
        Binding binding = binding(configuration.getLayer()).orElseThrow();
        Map<String, INDArray> table = binding.views(flat);
        table.keySet().forEach(configuration::addVariable);
        if (initialize) {
            Seed seed = seed(configuration);
            for (Parameter p : binding.parameters()) {
                p.initialize(table.get(p.name()), seed);
            }
            for (Buffer b : binding.buffers()) {
                b.initialize(table.get(b.name()), seed);
            }
        }
        return table;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray flat) {
        return binding(configuration.getLayer()).orElseThrow().views(flat);
    }
}
