package io.mtl4j.nn.layer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.common.io.Resource;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Runs {@link Backend#require} in virtual machines whose class path lacks a part of the backend. */
class BackendTest {

    /** nd4j-native and its native library, but not nd4j-native-api, which DL4J itself needs. */
    private static final String BACKEND = "nd4j-native-\\d.*\\.jar";

    private static final String NATIVE_LIBRARY = "nd4j-native-\\d.*-(linux|macosx|windows)-.*\\.jar";

    @Test
    void passesWithTheBackendOfTheTestsAndMayBeRepeated() {
        assertDoesNotThrow(Backend::require);
        assertDoesNotThrow(Backend::require);
    }

    @Test
    void namesTheDependencyToAddWhenThereIsNoBackend() throws Exception {
        assertEquals(
                "no ND4J backend on the class path; add org.nd4j:nd4j-native-platform:1.0.0-M2.1 to compute on the CPU,"
                        + " or org.nd4j:nd4j-cuda-11.6-platform:1.0.0-M2.1 to compute on an NVIDIA GPU",
                failureWithout(name -> name.matches(BACKEND)));
    }

    @Test
    void namesThePlatformWhenItsNativeLibraryIsMissing() throws Exception {
        String message = failureWithout(name -> name.matches(NATIVE_LIBRARY));
        assertTrue(message.startsWith("the ND4J backend does not start on "), message);
        assertTrue(message.contains("Could not find jnind4jcpu"), message);
        assertTrue(message.contains("; add the native library of this platform, by org.nd4j:"), message);
    }

    @Test
    void saysWhyTheGpuCannotBeUsed(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Nd4jBackend.class.getName()), JCublasWithoutDriver.class.getName());
        assertEquals(
                "the CUDA backend finds no usable GPU: libcuda.so.1: cannot open shared object file; install the NVIDIA"
                        + " driver and CUDA 11.6, or replace the backend by org.nd4j:nd4j-native-platform:1.0.0-M2.1"
                        + " to compute on the CPU",
                failure(folder + File.pathSeparator + classPathWithout(name -> name.matches(BACKEND))));
    }

    private static String failureWithout(Predicate<String> jar) throws IOException, InterruptedException {
        return failure(classPathWithout(jar));
    }

    private static String classPathWithout(Predicate<String> jar) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !jar.test(Path.of(entry).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String failure(String classPath) throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", Main.class.getName());
        command.environment().put("CLASSPATH", classPath);
        command.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = command.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    /** Prints the message of the failure, which must be the same at the second call. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            String first = message();
            System.out.print(first.equals(message()) ? first : "another message at the second call");
        }

        private static String message() {
            try {
                Backend.require();
                return "no failure";
            } catch (IllegalStateException e) {
                return e.getMessage();
            }
        }
    }

    /** Behaves as the CUDA backend does on a machine without an NVIDIA driver. */
    public static final class JCublasWithoutDriver extends Nd4jBackend {

        @Override
        public boolean isAvailable() {
            throw new IllegalStateException(
                    new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file\nNo such file"));
        }

        @Override
        public int getPriority() {
            return BACKEND_PRIORITY_GPU;
        }

        @Override
        public boolean canRun() {
            return false;
        }

        @Override
        public boolean allowsOrder() {
            return false;
        }

        @Override
        public Resource getConfigurationResource() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Class<?> getNDArrayClass() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Environment getEnvironment() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String buildInfo() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void logBackendInit() {
            throw new UnsupportedOperationException();
        }
    }
}
