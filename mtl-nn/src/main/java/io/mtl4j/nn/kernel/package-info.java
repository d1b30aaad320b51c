/**
 * The arithmetic under the layers: oneDNN's operations (convolution, products of matrices, recurrent nets, normalisation)
 * on the memory of ND4J arrays.
 *
 * <p>ND4J's own operations are complete, but each costs some 20 µs whatever its size, and convolutions convert their
 * arrays to oneDNN's order and back each time. Here the same native code is called directly, through the bindings of the
 * JavaCPP presets, with arrays in the order that it is fastest with.
 *
 * <p>{@link io.mtl4j.nn.kernel.OneDnn#serves} says whether an array can be computed this way: single precision, on the
 * CPU, where the library loads. Otherwise layers run ND4J's operations: same results, more slowly. A {@link
 * io.mtl4j.nn.kernel.Kernel} is an operation prepared for arrays of fixed shapes; {@link io.mtl4j.nn.kernel.Kernels}
 * keeps the prepared ones of a thread.
 */
package io.mtl4j.nn.kernel;
