package io.mtl4j.nn.model;

import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.StartValues;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The numbers of a model: all parameters in one flat vector, and each input's own copy of the buffers. */
public final class ParameterStore {

    private final ParameterLayout layout;
    private final List<Buffer> bufferList;
    private final INDArray flat;
    private final INDArray[] values;
    private final INDArray[] flatBuffers;
    private final INDArray[][] buffers;

    ParameterStore(List<Parameter> parameters, List<Buffer> buffers, int inputs, DataType type, Seed seed) {
        this.layout = new ParameterLayout(parameters);
        this.bufferList = List.copyOf(buffers);
        this.flat = Nd4j.create(type, layout.length());
        this.values = layout.views(flat);
        this.flatBuffers = new INDArray[inputs];
        this.buffers = new INDArray[inputs][];
        for (int i = 0; i < inputs; i++) {
            flatBuffers[i] = Nd4j.create(
                    type,
                    Math.max(
                            1,
                            buffers.stream().mapToLong(ParameterStore::length).sum()));
            this.buffers[i] = bufferViews(flatBuffers[i], seed);
        }
        initialize(seed);
    }

    private static long length(Buffer buffer) {
        long length = 1;
        for (long size : buffer.shape()) {
            length *= size;
        }
        return length;
    }

    private INDArray[] bufferViews(INDArray all, Seed seed) {
        INDArray[] views = new INDArray[bufferList.size()];
        long at = 0;
        for (Buffer buffer : bufferList) {
            long end = at + length(buffer);
            views[buffer.index()] = all.get(NDArrayIndex.interval(at, end)).reshape('c', buffer.shape());
            INDArray view = views[buffer.index()];
            view.assign(buffer.fill());
            buffer.start().ifPresent(start -> start(view, start, seed, buffer.name()));
            at = end;
        }
        return views;
    }

    private void initialize(Seed seed) {
        for (Parameter p : layout.parameters()) {
            INDArray value = values[p.index()];
            p.start().ifPresentOrElse(start -> start(value, start, seed, p.name()), () -> draw(value, p, seed));
        }
    }

    private static void start(INDArray value, StartValues start, Seed seed, String name) {
        INDArray numbers = start.values(seed);
        if (numbers.length() != value.length()) {
            throw new IllegalArgumentException("parameter \"" + name + "\": " + numbers.length() + " values to start "
                    + value.length() + " elements with; give one for each");
        }
        value.assign(numbers.castTo(value.dataType()).reshape('c', value.shape()));
    }

    /** Values come from the JVM's generators, so that every backend starts a model with the same numbers. */
    private static void draw(INDArray value, Parameter p, Seed seed) {
        RandomGenerator random = seed.child(p.index()).generator();
        double[] start = new double[Math.toIntExact(p.length())];
        for (int i = 0; i < start.length; i++) {
            start[i] = p.initializer().draw(random, p.fanIn(), p.fanOut());
        }
        value.assign(Nd4j.createFromArray(start).castTo(value.dataType()).reshape('c', p.shape()));
    }

    /** {@return where each parameter lies} */
    public ParameterLayout layout() {
        return layout;
    }

    /** {@return the flat vector of all parameters, {@code [N]}; changing it changes the model} */
    public INDArray flat() {
        return flat;
    }

    /** {@return views of the parameters by index; do not modify the array of views} */
    public INDArray[] values() {
        return values;
    }

    /**
     * {@return the flat vector of an input's buffers; one unused element if there are no buffers}
     *
     * @param input the input's number
     */
    public INDArray flatBuffers(int input) {
        return flatBuffers[input];
    }

    /**
     * {@return views of an input's buffers by index}
     *
     * @param input the input's number
     */
    public INDArray[] buffers(int input) {
        return buffers[input];
    }

    /** {@return the declared buffers} */
    public List<Buffer> declaredBuffers() {
        return bufferList;
    }
}
