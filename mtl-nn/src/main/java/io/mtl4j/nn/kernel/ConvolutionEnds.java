package io.mtl4j.nn.kernel;

import org.bytedeco.dnnl.memory;

/**
 * What a {@link Convolution} or {@link Deconvolution} lies between, and what it learns.
 *
 * @param in the pictures that come in
 * @param out the pictures that come out
 * @param weights the weights' layout in the model
 * @param bias whether a bias is added
 */
record ConvolutionEnds(Picture in, Picture out, memory.desc weights, boolean bias) {}
