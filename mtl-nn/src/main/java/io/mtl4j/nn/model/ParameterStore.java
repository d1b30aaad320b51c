package io.mtl4j.nn.model;

import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Seed;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The numbers of a model: all parameters in one flat vector, and each input's own copy of the buffers. */
public final class ParameterStore {

    private final ParameterLayout layout;
    private final List<Buffer> bufferList;
    private final INDArray flat;
    private final INDArray trained;
    private final INDArray[] values;
    private final INDArray[] flatBuffers;
    private final INDArray[][] buffers;

    ParameterStore(List<Parameter> parameters, List<Buffer> buffers, int inputs, DataType type, Seed seed) {
        this.layout = new ParameterLayout(parameters);
        this.bufferList = List.copyOf(buffers);
        this.flat = Nd4j.create(type, layout.length());
        this.values = layout.views(flat);
        this.trained = flat.get(NDArrayIndex.interval(0, layout.trainedLength()));
        this.flatBuffers = new INDArray[inputs];
        this.buffers = new INDArray[inputs][];
        for (int i = 0; i < inputs; i++) {
            flatBuffers[i] = Nd4j.create(
                    type, Math.max(1, buffers.stream().mapToLong(Buffer::length).sum()));
            this.buffers[i] = bufferViews(flatBuffers[i], seed);
        }
        parameters.forEach(p -> p.initialize(values[p.index()], seed));
    }

    private INDArray[] bufferViews(INDArray all, Seed seed) {
        INDArray[] views = new INDArray[bufferList.size()];
        long at = 0;
        for (Buffer buffer : bufferList) {
            long end = at + buffer.length();
            views[buffer.index()] = all.get(NDArrayIndex.interval(at, end)).reshape('c', buffer.shape());
            buffer.initialize(views[buffer.index()], seed);
            at = end;
        }
        return views;
    }

    /** {@return where each parameter lies} */
    public ParameterLayout layout() {
        return layout;
    }

    /** {@return the flat vector of all parameters, {@code [N]}; changing it changes the model} */
    public INDArray flat() {
        return flat;
    }

    /** {@return the part of {@link #flat()} that training changes, a view} */
    public INDArray trained() {
        return trained;
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

    /** {@return copies of all inputs' buffers, for {@link #assignBuffers} to come back to} */
    public List<INDArray> copyBuffers() {
        return Arrays.stream(flatBuffers).map(INDArray::dup).toList();
    }

    /**
     * Gives all inputs' buffers the values of copies.
     *
     * @param copies what {@link #copyBuffers} gave
     */
    public void assignBuffers(List<INDArray> copies) {
        for (int i = 0; i < flatBuffers.length; i++) {
            flatBuffers[i].assign(copies.get(i));
        }
    }

    /** {@return the declared buffers} */
    public List<Buffer> declaredBuffers() {
        return bufferList;
    }

    /** Gives back the memory; whoever uses a view of it later ends the JVM. */
    void close() {
        flat.close();
        for (INDArray buffer : flatBuffers) {
            buffer.close();
        }
    }
}
