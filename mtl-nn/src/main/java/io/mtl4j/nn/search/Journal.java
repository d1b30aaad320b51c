package io.mtl4j.nn.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.search.Configuration;
import io.mtl4j.search.TrialRun;
import io.mtl4j.task.Direction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The results of a search as JSON, a line each, appended and forced to the disk as they come; the first line says which search
 * it is. A last line without its end was being written when the program was killed, and is cut off. The file is locked as long as
 * it is open.
 */
final class Journal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final FileChannel channel;
    private final Map<Key, TrialResult> done = new HashMap<>();

    private record Key(int trial, int budget) {}

    /** A result as it is written. */
    record Line(
            int trial,
            int budget,
            Map<String, Object> configuration,
            double value,
            Direction direction,
            Map<String, SortedMap<String, Double>> metrics,
            String failure,
            double seconds) {

        TrialResult result() {
            return new TrialResult(
                    trial, new Configuration(configuration), budget, value, direction, metrics, failure, seconds);
        }
    }

    /**
     * Opens a journal, or begins one.
     *
     * @param search which search it is
     * @throws IllegalArgumentException if the file is of another search, or damaged
     * @throws IllegalStateException if another search is at work with the file
     */
    Journal(Path file, Map<String, String> search) {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw unwritable(e);
        }
        try {
            lock();
            begin(JSON.writeValueAsString(search));
        } catch (IOException e) {
            close();
            throw unwritable(e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Locks a byte far behind the end, for where locks keep readers out too, the file must stay readable. */
    private void lock() throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            locked = false; // by this JVM
        }
        if (!locked) {
            throw new IllegalStateException(
                    file + " is written to by another search now; wait until it ends, or give a folder of its own");
        }
    }

    private void begin(String header) throws IOException {
        String text = Files.readString(file);
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        List<String> lines = complete.lines().toList();
        if (!complete.isEmpty() && !lines.get(0).equals(header)) {
            throw new IllegalArgumentException(file + " is of the search " + lines.get(0) + ", asked for now: " + header
                    + "; ask for the same, or give an empty folder");
        }
        for (int i = 1; i < lines.size(); i++) {
            read(lines.get(i), i + 1);
        }
        long length = complete.getBytes(StandardCharsets.UTF_8).length;
        channel.truncate(length).position(length);
        if (complete.isEmpty()) {
            write(header);
        }
    }

    private void read(String line, int number) {
        try {
            TrialResult result = JSON.readValue(line, Line.class).result();
            done.put(new Key(result.trial(), result.budget()), result);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file + ": line " + number + " cannot be read (" + e.getOriginalMessage()
                            + "); remove that line, and its trial will be done again",
                    e);
        }
    }

    /**
     * The result of a run, if it is there.
     *
     * @throws IllegalArgumentException if it is there with another configuration
     */
    Optional<TrialResult> find(TrialRun run) {
        Optional<TrialResult> found = Optional.ofNullable(done.get(new Key(run.trial(), run.budget())));
        found.filter(result -> !result.configuration().equals(run.configuration()))
                .ifPresent(result -> {
                    throw new IllegalArgumentException(file + ": trial " + run.trial() + " is there with "
                            + result.configuration() + ", asked for now: " + run.configuration()
                            + "; give an empty folder");
                });
        return found;
    }

    /** Adds a result. */
    synchronized void add(TrialResult result) {
        try {
            write(JSON.writeValueAsString(new Line(
                    result.trial(),
                    result.budget(),
                    result.configuration().values(),
                    result.value(),
                    result.direction(),
                    result.metrics(),
                    result.failure(),
                    result.seconds())));
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** A line that a full disk breaks off is cut back, so that another thread's line does not follow half of it. */
    private void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        long before = channel.position();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            channel.truncate(before);
            throw e;
        }
    }

    private UncheckedIOException unwritable(IOException e) {
        return new UncheckedIOException(
                "journal " + file + " cannot be read or written (" + e.getMessage()
                        + "); check the folder, its permissions and the space left",
                e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }
}
