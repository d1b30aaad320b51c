package io.mtl4j.nn.layer;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * The ND4J backend that does the arithmetic: a CPU or a GPU library, which the application puts on its class path and
 * this library does not bring along.
 *
 * <p>ND4J looks for it when its main class is first used, and reports a missing one by an error in a static
 * initialiser, after which every use fails with an unrelated message. So call {@link #require} before anything else
 * touches ND4J; building, loading and training a model do it by themselves.
 */
public final class Backend {

    private static final String VERSION = "1.0.0-M2.1";
    private static final String CPU = "org.nd4j:nd4j-native-platform:" + VERSION;
    private static final String CUDA = "org.nd4j:nd4j-cuda-11.6-platform:" + VERSION;

    private static Optional<IllegalStateException> problem;

    private Backend() {}

    /**
     * Starts ND4J, once, and checks that it found a backend that works on this machine. Later calls cost next to
     * nothing and give the same answer; any thread may call it.
     *
     * @throws IllegalStateException if no backend is on the class path, if the only one is for a GPU and there is no
     *     usable GPU, if there is one that ND4J cannot drive, or if the native library does not load; the message names the
     *     cause and what to add
     */
    public static synchronized void require() {
        if (problem == null) {
            problem = check();
        }
        if (problem.isPresent()) {
            throw new IllegalStateException(problem.get().getMessage(), problem.get());
        }
    }

    private static Optional<IllegalStateException> check() {
        List<Nd4jBackend> found = ND4JClassLoading.loadService(Nd4jBackend.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparingInt(Nd4jBackend::getPriority).reversed())
                .toList();
        if (found.isEmpty()) {
            return Optional.of(new IllegalStateException("no ND4J backend on the class path; add " + CPU
                    + " to compute on the CPU, or " + CUDA + " to compute on an NVIDIA GPU"));
        }
        List<Optional<IllegalStateException>> states =
                found.stream().map(Backend::unavailable).toList();
        return states.stream().allMatch(Optional::isPresent) ? states.get(0) : start();
    }

    /** Why a backend cannot be used, empty if it can. */
    private static Optional<IllegalStateException> unavailable(Nd4jBackend backend) {
        try {
            if (!backend.isAvailable()) {
                return Optional.of(unusable(backend, "it finds no device", null));
            }
            return cuda(backend) ? Gpu.problem(Gpu.present(), CPU).map(IllegalStateException::new) : Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(unusable(backend, reason(e), e));
        }
    }

    private static boolean cuda(Nd4jBackend backend) {
        return backend.getClass().getSimpleName().startsWith("JCublas");
    }

    private static IllegalStateException unusable(Nd4jBackend backend, String reason, Throwable cause) {
        String message = cuda(backend)
                ? "the CUDA backend finds no usable GPU: " + reason
                        + "; install the NVIDIA driver and CUDA 11.6, or replace the backend by " + CPU
                        + " to compute on the CPU"
                : "the ND4J backend " + backend.getClass().getSimpleName() + " is not available: " + reason
                        + "; replace it by " + CPU + " to compute on the CPU";
        return new IllegalStateException(message, cause);
    }

    private static Optional<IllegalStateException> start() {
        try {
            Nd4j.getBackend();
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            String platform = Loader.getPlatform();
            return Optional.of(new IllegalStateException(
                    "the ND4J backend does not start on " + platform + ": " + reason(e)
                            + "; add the native library of this platform, by " + CPU + " or by the artifact "
                            + "org.nd4j:nd4j-native:" + VERSION + " with the classifier " + platform,
                    e));
        }
    }

    /** The message of the root cause, which alone says what is missing. */
    private static String reason(Throwable failure) {
        Throwable root =
                Stream.iterate(failure, t -> t != null, Throwable::getCause).reduce(failure, (outer, inner) -> inner);
        String message = root.getMessage() == null ? root.toString() : root.getMessage();
        String firstLine = message.strip().lines().findFirst().orElse(root.toString());
        return firstLine.endsWith(".") ? firstLine.substring(0, firstLine.length() - 1) : firstLine;
    }
}
