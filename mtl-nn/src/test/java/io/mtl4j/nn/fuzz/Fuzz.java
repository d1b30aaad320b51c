package io.mtl4j.nn.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.Pointer;

/**
 * Gives a reader many damaged files. It must read each, or refuse it by an exception that it documents and that has a message;
 * and it must not take memory beyond a limit, on the heap or outside of it.
 *
 * @param folder where files are written
 * @param name the name of the files, whose ending may matter
 * @param documented the exceptions that may come out
 * @param mostBytes the most memory that reading a file of this size can need
 */
public record Fuzz(Path folder, String name, Set<Class<? extends RuntimeException>> documented, long mostBytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Makes a damaged file. */
    public interface Damage {
        /** {@return the next one} */
        byte[] next(RandomGenerator random) throws IOException;
    }

    /** Runs as many inputs as the property {@code fuzz.factor} says, times a number; tells how many were read and refused. */
    public void run(int inputs, Damage damage, Consumer<Path> reader) throws IOException {
        int count = inputs * Integer.getInteger("fuzz.factor", 1);
        int refused = 0;
        Path file = folder.resolve(name);
        for (int seed = 0; seed < count; seed++) {
            byte[] bytes = damage.next(new SplittableRandom(seed));
            Files.write(file, bytes);
            refused += refuses(file, bytes, seed, reader) ? 1 : 0;
        }
        // A reader that refuses all, or none, was not tested.
        assertTrue(refused > 0 && refused < count, refused + " of " + count + " refused");
    }

    private boolean refuses(Path file, byte[] bytes, int seed, Consumer<Path> reader) {
        long heap = THREADS.getCurrentThreadAllocatedBytes();
        long outside = Pointer.totalBytes();
        try {
            reader.accept(file);
            return false;
        } catch (RuntimeException | Error e) {
            String what = "seed " + seed + ", " + bytes.length + " bytes: " + e + "\n" + dump(bytes);
            assertTrue(documented.stream().anyMatch(type -> type.isInstance(e)), what);
            assertFalse(e.getMessage() == null || e.getMessage().isBlank(), what);
            return true;
        } finally {
            long taken = THREADS.getCurrentThreadAllocatedBytes() - heap + Math.max(0, Pointer.totalBytes() - outside);
            assertTrue(taken <= mostBytes, () -> "seed " + seed + ": " + taken + " bytes taken\n" + dump(bytes));
        }
    }

    private static String dump(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 600));
    }
}
