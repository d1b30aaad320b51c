package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuTest {

    @ParameterizedTest
    @CsvSource({
        "3, 5, false",
        "3, 7, true",
        "5, 2, true",
        "7, 5, true",
        "8, 0, true",
        "8, 6, true",
        "8, 9, true",
        "9, 0, false",
        "10, 0, false",
        "12, 0, false"
    })
    void machineCodeRunsWithinItsMajorNumber(int major, int minor, boolean driven) {
        assertEquals(driven, new Gpu(0, major, minor).driven());
    }

    @Test
    void aGpuThatIsTooNewIsNamedInOneSentence() {
        assertEquals(
                Optional.of(
                        "GPU 1 has compute capability 9.0, and the CUDA backend of ND4J 1.0.0-M2.1 can drive 3.7 to 8.9"
                                + " only; choose another GPU by the environment variable CUDA_VISIBLE_DEVICES, or replace the"
                                + " backend by CPU-ARTIFACT to compute on the CPU"),
                Gpu.problem(List.of(new Gpu(0, 8, 6), new Gpu(1, 9, 0)), "CPU-ARTIFACT"));
        assertEquals(Optional.empty(), Gpu.problem(List.of(new Gpu(0, 8, 6)), "CPU-ARTIFACT"));
    }

    @Test
    void theRuntimeIsAskedForEachDevice() {
        assertEquals(List.of(new Gpu(0, 8, 0), new Gpu(1, 9, 1)), Gpu.present(TwoDevices.class.getName()));
    }

    @Test
    void aRuntimeThatFailsIsReported() {
        assertEquals(
                "the CUDA runtime answers with error 35",
                assertThrows(IllegalStateException.class, () -> Gpu.present(OldDriver.class.getName()))
                        .getMessage());
    }

    /** Answers as the presets of the CUDA runtime do. */
    public static final class TwoDevices {

        private TwoDevices() {}

        /** {@return success, and two devices} */
        public static int cudaGetDeviceCount(int[] count) {
            count[0] = 2;
            return 0;
        }

        /** {@return success, and 8.0 for the first device, 9.1 for the second} */
        public static int cudaDeviceGetAttribute(int[] value, int attribute, int device) {
            value[0] = attribute == 75 ? 8 + device : device;
            return 0;
        }
    }

    /** A runtime newer than the driver. */
    public static final class OldDriver {

        private OldDriver() {}

        /** {@return cudaErrorInsufficientDriver} */
        public static int cudaGetDeviceCount(int[] count) {
            return 35;
        }

        /** {@return the same} */
        public static int cudaDeviceGetAttribute(int[] value, int attribute, int device) {
            return 35;
        }
    }
}
