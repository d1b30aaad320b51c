package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A specification bound to its input, and the place of each of its arrays in DL4J's flat vector: parameters by index, then
 * buffers by index, each in C order.
 */
record Binding(Layer layer, Shape input, List<Parameter> parameters, List<Buffer> buffers, int slots) {

    /** DL4J writes a parameter as the layer's name, this, and the parameter's name. */
    private static final String SEPARATOR = "_";

    static Binding of(LayerSpec spec, Shape input) {
        Binder binder = Binder.create();
        Layer layer = spec.bind(input, binder);
        Binding binding = new Binding(layer, input, binder.parameters(), binder.buffers(), binder.slots());
        binding.names().filter(name -> name.contains(SEPARATOR)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("DL4J layer: parameter \"" + name + "\" of " + spec + "; DL4J separates "
                    + "layer and parameter by \"" + SEPARATOR + "\", so a parameter's name must not contain it");
        });
        return binding;
    }

    /** The names of parameters and buffers, in the order of the flat vector. */
    Stream<String> names() {
        return Stream.concat(
                parameters.stream().map(Parameter::name), buffers.stream().map(Buffer::name));
    }

    Optional<Parameter> parameter(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /** The number of elements of the parameters, which come first. */
    long trainedLength() {
        return parameters.stream().mapToLong(Parameter::length).sum();
    }

    /** The number of elements of the flat vector. */
    long length() {
        return trainedLength() + buffers.stream().mapToLong(Buffer::length).sum();
    }

    /** The parameters and buffers as views of a flat vector, by name, in its order. */
    Map<String, INDArray> views(INDArray flat) {
        Map<String, INDArray> views = new LinkedHashMap<>();
        INDArray vector = flat == null ? null : flat.reshape(flat.length());
        long at = 0;
        for (Parameter p : parameters) {
            views.put(p.name(), view(vector, at, p.length(), p.shape()));
            at += p.length();
        }
        for (Buffer b : buffers) {
            views.put(b.name(), view(vector, at, b.length(), b.shape()));
            at += b.length();
        }
        return views;
    }

    private static INDArray view(INDArray vector, long at, long length, long[] shape) {
        return vector.get(NDArrayIndex.interval(at, at + length)).reshape('c', shape);
    }
}
