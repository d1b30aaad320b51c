package io.mtl4j.nn.kernel;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_ITER_C;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_ITER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS_LAYER;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;

import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.global.dnnl.rnn_direction;
import org.bytedeco.dnnl.lstm_backward;
import org.bytedeco.dnnl.lstm_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.memory.format_tag;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A long short-term memory by oneDNN, which multiplies the inputs of all steps at once and computes a step's gates in one
 * sweep.
 *
 * @param x input {@code [steps, batch, features]}
 * @param start the state before the first step. It is always given, be it of 0: without, this version of oneDNN gets the
 *     gradient of the recurrent weights wrong
 * @param states {@code [steps, batch, units]}
 * @param workspace what oneDNN keeps for backward
 */
record FusedLstm(INDArray x, LstmState start, INDArray states, INDArray workspace) implements LstmRun {

    static FusedLstm over(INDArray x, LstmWeights weights, LstmState start) {
        Forward forward = Kernels.get(Sizes.of(x, weights), Sizes::forward);
        INDArray states = Nd4j.createUninitialized(DataType.FLOAT, x.size(0), x.size(1), weights.units());
        INDArray workspace = Layouts.room(forward.workspace);
        forward.kernel
                .with(DNNL_ARG_SRC_LAYER, x)
                .with(DNNL_ARG_SRC_ITER, start.h())
                .with(DNNL_ARG_SRC_ITER_C, start.c())
                .with(DNNL_ARG_WEIGHTS_LAYER, weights.input())
                .with(DNNL_ARG_WEIGHTS_ITER, weights.recurrent())
                .with(DNNL_ARG_BIAS, weights.bias())
                .with(DNNL_ARG_DST_LAYER, states)
                .with(DNNL_ARG_WORKSPACE, workspace)
                .run();
        return new FusedLstm(x, start, states, workspace);
    }

    @Override
    public INDArray backward(INDArray gradient, LstmWeights weights, LstmWeights gradients, LstmState startGradient) {
        // The primitive adds to these.
        Address address = new Address();
        address.clear(gradients.input());
        address.clear(gradients.recurrent());
        address.clear(gradients.bias());
        INDArray inputs = Nd4j.createUninitialized(DataType.FLOAT, x.shape());
        Kernels.get(new Backward(Sizes.of(x, weights)), Backward::prepare)
                .with(DNNL_ARG_SRC_LAYER, x)
                .with(DNNL_ARG_SRC_ITER, start.h())
                .with(DNNL_ARG_SRC_ITER_C, start.c())
                .with(DNNL_ARG_WEIGHTS_LAYER, transposed(weights.input()))
                .with(DNNL_ARG_WEIGHTS_ITER, transposed(weights.recurrent()))
                .with(DNNL_ARG_BIAS, weights.bias())
                .with(DNNL_ARG_DST_LAYER, states)
                .with(DNNL_ARG_WORKSPACE, workspace)
                .with(DNNL_ARG_DIFF_DST_LAYER, gradient)
                .with(DNNL_ARG_DIFF_SRC_LAYER, inputs)
                .with(DNNL_ARG_DIFF_SRC_ITER, startGradient.h())
                .with(DNNL_ARG_DIFF_SRC_ITER_C, startGradient.c())
                .with(DNNL_ARG_DIFF_WEIGHTS_LAYER, gradients.input())
                .with(DNNL_ARG_DIFF_WEIGHTS_ITER, gradients.recurrent())
                .with(DNNL_ARG_DIFF_BIAS, gradients.bias())
                .run();
        return inputs;
    }

    private static INDArray transposed(INDArray matrix) {
        INDArray out = Nd4j.createUninitialized(DataType.FLOAT, matrix.size(1), matrix.size(0));
        return Copy.into(matrix.transpose(), out);
    }

    private record Forward(Kernel kernel, memory.desc workspace) {}

    private record Sizes(long steps, long batch, long features, long units) {

        private static final int GATES = 4;

        static Sizes of(INDArray x, LstmWeights weights) {
            return new Sizes(x.size(0), x.size(1), x.size(2), weights.units());
        }

        memory.desc steps(long width) {
            return Layouts.plain(steps, batch, width);
        }

        memory.desc state() {
            return Layouts.plain(1, 1, batch, units);
        }

        memory.desc weights(format_tag order, long width) {
            return Layouts.of(order, 1, 1, width, GATES, units);
        }

        memory.desc bias() {
            return Layouts.plain(1, 1, GATES, units);
        }

        lstm_forward.primitive_desc description() {
            var none = new memory.desc();
            var description = new lstm_forward.desc(
                    prop_kind.forward_training,
                    rnn_direction.unidirectional_left2right,
                    steps(features),
                    state(),
                    state(),
                    weights(format_tag.ldigo, features),
                    weights(format_tag.ldigo, units),
                    bias(),
                    steps(units),
                    none,
                    none);
            return new lstm_forward.primitive_desc(description, OneDnn.cpu());
        }

        Forward forward() {
            var description = description();
            var workspace = description.workspace_desc();
            Kernel kernel = new Kernel(new lstm_forward(description))
                    .takes(DNNL_ARG_SRC_LAYER, steps(features))
                    .takes(DNNL_ARG_SRC_ITER, state())
                    .takes(DNNL_ARG_SRC_ITER_C, state())
                    .takes(DNNL_ARG_WEIGHTS_LAYER, weights(format_tag.ldigo, features))
                    .takes(DNNL_ARG_WEIGHTS_ITER, weights(format_tag.ldigo, units))
                    .takes(DNNL_ARG_BIAS, bias())
                    .takes(DNNL_ARG_DST_LAYER, steps(units))
                    .takes(DNNL_ARG_WORKSPACE, workspace);
            return new Forward(kernel, workspace);
        }
    }

    private record Backward(Sizes sizes) {

        Kernel prepare() {
            return new Kernel(new lstm_backward(description()))
                    .takes(DNNL_ARG_SRC_LAYER, sizes.steps(sizes.features))
                    .takes(DNNL_ARG_SRC_ITER, sizes.state())
                    .takes(DNNL_ARG_SRC_ITER_C, sizes.state())
                    .takes(DNNL_ARG_WEIGHTS_LAYER, sizes.weights(format_tag.ldgoi, sizes.features))
                    .takes(DNNL_ARG_WEIGHTS_ITER, sizes.weights(format_tag.ldgoi, sizes.units))
                    .takes(DNNL_ARG_BIAS, sizes.bias())
                    .takes(DNNL_ARG_DST_LAYER, sizes.steps(sizes.units))
                    .takes(DNNL_ARG_WORKSPACE, sizes.description().workspace_desc())
                    .takes(DNNL_ARG_DIFF_DST_LAYER, sizes.steps(sizes.units))
                    .takes(DNNL_ARG_DIFF_SRC_LAYER, sizes.steps(sizes.features))
                    .takes(DNNL_ARG_DIFF_SRC_ITER, sizes.state())
                    .takes(DNNL_ARG_DIFF_SRC_ITER_C, sizes.state())
                    .takes(DNNL_ARG_DIFF_WEIGHTS_LAYER, sizes.weights(format_tag.ldigo, sizes.features))
                    .takes(DNNL_ARG_DIFF_WEIGHTS_ITER, sizes.weights(format_tag.ldigo, sizes.units))
                    .takes(DNNL_ARG_DIFF_BIAS, sizes.bias());
        }

        private lstm_backward.primitive_desc description() {
            var none = new memory.desc();
            var description = new lstm_backward.desc(
                    prop_kind.backward,
                    rnn_direction.unidirectional_left2right,
                    sizes.steps(sizes.features),
                    sizes.state(),
                    sizes.state(),
                    sizes.weights(format_tag.ldgoi, sizes.features),
                    sizes.weights(format_tag.ldgoi, sizes.units),
                    sizes.bias(),
                    sizes.steps(sizes.units),
                    none,
                    none,
                    sizes.steps(sizes.features),
                    sizes.state(),
                    sizes.state(),
                    sizes.weights(format_tag.ldigo, sizes.features),
                    sizes.weights(format_tag.ldigo, sizes.units),
                    sizes.bias(),
                    sizes.steps(sizes.units),
                    none,
                    none);
            return new lstm_backward.primitive_desc(description, OneDnn.cpu(), sizes.description());
        }
    }
}
