package io.mtl4j.nn.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A oneDNN operation prepared for arrays of fixed shapes. It belongs to one thread.
 *
 * <pre>{@code
 * kernel.with(dnnl.DNNL_ARG_SRC, x).with(dnnl.DNNL_ARG_DST, y).run();
 * }</pre>
 */
final class Kernel {

    private final primitive operation;
    private final stream queue = new stream(OneDnn.cpu());
    private final Map<Integer, memory> arguments = new HashMap<>();
    private final IntMemoryMap passed = new IntMemoryMap();
    private final Address address = new Address();
    private final List<FloatPointer> constants = new ArrayList<>();

    /**
     * Prepares an operation.
     *
     * @param operation what to run
     */
    Kernel(primitive operation) {
        this.operation = operation;
    }

    /**
     * Declares an argument.
     *
     * @param number which, such as {@code DNNL_ARG_SRC}
     * @param layout shape and order of its elements
     * @return this
     */
    Kernel takes(int number, memory.desc layout) {
        // Without memory of its own: each run says where its arrays are.
        memory argument = new memory(layout, OneDnn.cpu(), address);
        arguments.put(number, argument);
        passed.put(number, argument);
        return this;
    }

    /**
     * Gives an argument that is the same in every run.
     *
     * @param number which, such as {@code DNNL_ARG_SRC}
     * @param layout shape and order of its elements
     * @param elements its elements, kept by this kernel
     * @return this
     */
    Kernel constant(int number, memory.desc layout, FloatPointer elements) {
        constants.add(elements);
        passed.put(number, new memory(layout, OneDnn.cpu(), elements));
        return this;
    }

    /**
     * Says where an argument is.
     *
     * @param number a declared argument
     * @param array as many elements as its layout has, side by side
     * @return this
     */
    Kernel with(int number, INDArray array) {
        return with(number, array, 0);
    }

    /**
     * Says where an argument is.
     *
     * @param number a declared argument
     * @param array an array that holds it
     * @param from the argument's first element, counted from the array's first
     * @return this
     */
    Kernel with(int number, INDArray array, long from) {
        arguments.get(number).set_data_handle(address.of(array, from));
        return this;
    }

    /** Runs to the end. */
    void run() {
        operation.execute(queue, passed);
        queue._wait();
    }
}
