package io.mtl4j.examples.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The memory of this process as Linux counts it: heap, native arrays and code together. */
final class ProcessMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {}

    /** {@return whether this system tells} */
    static boolean known() {
        return Files.isReadable(STATUS);
    }

    /** {@return what is in use now, in MiB} */
    static double residentMib() {
        return mib("VmRSS:");
    }

    /** {@return the most that was ever in use, in MiB} */
    static double peakMib() {
        return mib("VmHWM:");
    }

    private static double mib(String field) {
        List<String> lines;
        try {
            lines = Files.readAllLines(STATUS);
        } catch (IOException e) {
            throw new UncheckedIOException(STATUS + ": cannot be read (" + e.getMessage() + ")", e);
        }
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Double.parseDouble(
                                line.substring(field.length()).replace("kB", "").strip())
                        / 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(STATUS + ": no line " + field));
    }
}
