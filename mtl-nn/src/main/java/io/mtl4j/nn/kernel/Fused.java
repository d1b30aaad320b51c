package io.mtl4j.nn.kernel;

import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/** What operations do besides their own work. */
final class Fused {

    private Fused() {}

    /** {@return attributes of an operation whose results y become {@code max(0, y)}, or stay as they are} */
    static primitive_attr relu(boolean wanted) {
        primitive_attr attributes = new primitive_attr();
        if (wanted) {
            post_ops after = new post_ops();
            after.append_eltwise(1, algorithm.eltwise_relu, 0, 0);
            attributes.set_post_ops(after);
        }
        return attributes;
    }
}
