package io.mtl4j.nn.kernel;

import org.bytedeco.dnnl.engine;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library oneDNN of the JavaCPP presets, where it can be used.
 *
 * <p>The system property {@code mtl4j.onednn=false} switches it off: everything then runs on ND4J's own operations.
 */
public final class OneDnn {

    private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);
    private static final String SWITCH = "mtl4j.onednn";

    private OneDnn() {}

    /** Found out when first asked for, once. */
    private static final class Library {
        private static final boolean USABLE = usable(Nd4j.getExecutioner().type(), System.getProperty(SWITCH, "true"));
        private static final engine CPU = USABLE ? new engine(engine.kind.cpu, 0) : null;
    }

    /**
     * {@return whether oneDNN can compute with an array: single precision, on the CPU, and the library loads}
     *
     * @param x the array
     */
    public static boolean serves(INDArray x) {
        return x.dataType() == DataType.FLOAT && Library.USABLE;
    }

    /** {@return the processor, as oneDNN sees it} */
    static engine cpu() {
        return Library.CPU;
    }

    /** On a GPU, the places of arrays that oneDNN would be given are not those of their numbers. */
    static boolean usable(ExecutionerType backend, String switched) {
        if (backend != ExecutionerType.NATIVE_CPU) {
            LOG.info("oneDNN computes on the CPU only; on {} layers run on ND4J's own operations", backend);
            return false;
        }
        if (!Boolean.parseBoolean(switched)) {
            LOG.info("oneDNN is switched off by -D{}=false; layers run on ND4J's own operations", SWITCH);
            return false;
        }
        try {
            Loader.load(org.bytedeco.dnnl.global.dnnl.class);
            return true;
        } catch (LinkageError | RuntimeException e) {
            LOG.info(
                    "oneDNN does not load on {} ({}); layers run on ND4J's own operations: same results, more slowly;"
                            + " add org.bytedeco:dnnl-platform to the class path",
                    Loader.getPlatform(),
                    e.toString());
            return false;
        }
    }
}
