package io.mtl4j.nn.layer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A GPU that CUDA sees, and whether ND4J's CUDA backend can drive it. The backend brings machine code for the capabilities 3.7
 * to 8.6 and no intermediate code, and machine code runs on its own and on later capabilities of the same major number only
 * (CUDA C++ Programming Guide, binary compatibility): so up to 8.9.
 *
 * @param device its number
 * @param major the first number of its compute capability
 * @param minor the second number of its compute capability
 */
record Gpu(int device, int major, int minor) {

    private static final String RUNTIME = "org.bytedeco.cuda.global.cudart";
    private static final int MAJOR_ATTRIBUTE = 75;
    private static final int MINOR_ATTRIBUTE = 76;

    boolean driven() {
        return major >= 4 && major <= 8 || major == 3 && minor >= 7;
    }

    /** Why the backend cannot compute on these, in one sentence; empty if it can. */
    static Optional<String> problem(List<Gpu> present, String cpu) {
        return present.stream()
                .filter(gpu -> !gpu.driven())
                .findFirst()
                .map(gpu -> "GPU " + gpu.device + " has compute capability " + gpu.major + "." + gpu.minor
                        + ", and the CUDA backend of ND4J 1.0.0-M2.1 can drive 3.7 to 8.9 only; choose another GPU by the"
                        + " environment variable CUDA_VISIBLE_DEVICES, or replace the backend by " + cpu
                        + " to compute on the CPU");
    }

    /** Those that the CUDA runtime lists. The library is compiled without it, so it is called by name. */
    static List<Gpu> present() {
        return present(RUNTIME);
    }

    static List<Gpu> present(String runtime) {
        try {
            Class<?> cuda = Class.forName(runtime);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle count =
                    lookup.findStatic(cuda, "cudaGetDeviceCount", MethodType.methodType(int.class, int[].class));
            MethodHandle attribute = lookup.findStatic(
                    cuda,
                    "cudaDeviceGetAttribute",
                    MethodType.methodType(int.class, int[].class, int.class, int.class));
            int[] devices = new int[1];
            requireSuccess((int) count.invokeExact(devices));
            List<Gpu> found = new ArrayList<>();
            for (int d = 0; d < devices[0]; d++) {
                found.add(new Gpu(d, read(attribute, MAJOR_ATTRIBUTE, d), read(attribute, MINOR_ATTRIBUTE, d)));
            }
            return found;
        } catch (RuntimeException | LinkageError e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the CUDA runtime cannot be asked for its GPUs: " + e, e);
        }
    }

    private static int read(MethodHandle attribute, int which, int device) throws Throwable {
        int[] value = new int[1];
        requireSuccess((int) attribute.invokeExact(value, which, device));
        return value[0];
    }

    private static void requireSuccess(int code) {
        if (code != 0) {
            throw new IllegalStateException("the CUDA runtime answers with error " + code);
        }
    }
}
