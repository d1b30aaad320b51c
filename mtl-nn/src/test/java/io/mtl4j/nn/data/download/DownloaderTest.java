package io.mtl4j.nn.data.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {

    private final byte[] content = new byte[300_000];

    @TempDir
    Path folder;

    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        new SplittableRandom(1).nextBytes(content);
        server = new FileServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Downloader downloader() {
        return new Downloader(Duration.ofSeconds(5), DownloadProgress.SILENT);
    }

    private void assertFolderIsEmpty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void fetchesAFileAndReportsItsProgress() throws IOException {
        List<String> reports = new ArrayList<>();
        Downloader downloader = new Downloader(
                Duration.ofSeconds(5), (file, received, total) -> reports.add(file + " " + received + " " + total));
        Path file = downloader.fetch(server.file("/sets/a.bin", content), folder.resolve("new/folder"));
        assertEquals(folder.resolve("new/folder/a.bin"), file);
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals("a.bin 300000 300000", reports.get(reports.size() - 1));
    }

    @Test
    void triesTheNextMirror() throws IOException {
        RemoteFile there = server.file("/a.bin", content);
        URI unreachable = URI.create("http://localhost:1/a.bin");
        RemoteFile file = new RemoteFile(
                "a.bin",
                List.of(
                        unreachable,
                        server.address("/missing"),
                        server.put("/wrong", new byte[7]),
                        there.mirrors().get(0)),
                there.md5(),
                1 << 20);
        assertArrayEquals(content, Files.readAllBytes(downloader().fetch(file, folder)));
    }

    @Test
    void wrongContentsLeaveNothingBehind() throws IOException {
        RemoteFile file = new RemoteFile(
                "a.bin",
                List.of(server.put("/wrong", new byte[7]), server.address("/missing")),
                FileServer.md5(content),
                1 << 20);
        IOException fault = assertThrows(IOException.class, () -> downloader().fetch(file, folder));
        assertTrue(fault.getMessage().startsWith("cannot download a.bin: http://localhost:"), fault.getMessage());
        assertTrue(fault.getSuppressed()[0].getMessage().contains("MD5"), fault.getSuppressed()[0].getMessage());
        assertTrue(fault.getSuppressed()[1].getMessage().endsWith("status 404"), fault.getSuppressed()[1].getMessage());
        assertFolderIsEmpty();
    }

    @Test
    void tooMuchIsStopped() throws IOException {
        RemoteFile file = new RemoteFile(
                "a.bin", List.of(server.put("/a", content)), FileServer.md5(content), content.length - 1);
        IOException fault = assertThrows(IOException.class, () -> downloader().fetch(file, folder));
        assertTrue(fault.getSuppressed()[0].getMessage().startsWith("more than 299999 bytes"));
        assertFolderIsEmpty();
    }

    @Test
    void aServerThatStopsInTheMiddleIsGivenUp() throws IOException {
        RemoteFile file = server.file("/slow/a.bin", content);
        Downloader impatient = new Downloader(Duration.ofSeconds(1), DownloadProgress.SILENT);
        IOException fault = assertThrows(IOException.class, () -> impatient.fetch(file, folder));
        assertTrue(
                fault.getSuppressed()[0].getMessage().contains("nothing came for 1 s"),
                fault.getSuppressed()[0].getMessage());
        assertFolderIsEmpty();
    }

    @Test
    void anInterruptionStopsTheDownloadAndIsKept() throws IOException {
        RemoteFile file = server.file("/slow/a.bin", content);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> downloader().fetch(file, folder));
        assertTrue(Thread.interrupted());
        assertFolderIsEmpty();
    }

    @Test
    void failingListenersAreHeard() {
        RemoteFile file = server.file("/a.bin", content);
        Downloader failing = new Downloader(Duration.ofSeconds(5), (name, received, total) -> {
            throw new IllegalStateException("listener");
        });
        assertThrows(IllegalStateException.class, () -> failing.fetch(file, folder));
    }

    @Test
    void badValuesAreRefused() {
        List<URI> good = List.of(URI.create("https://example.org/a"));
        String md5 = "0".repeat(32);
        assertThrows(IllegalArgumentException.class, () -> new RemoteFile("../a", good, md5, 1));
        assertThrows(IllegalArgumentException.class, () -> new RemoteFile("a", List.of(), md5, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RemoteFile("a", List.of(URI.create("file:///etc/passwd")), md5, 1));
        assertThrows(IllegalArgumentException.class, () -> new RemoteFile("a", good, "abc", 1));
        assertThrows(IllegalArgumentException.class, () -> new RemoteFile("a", good, md5, 0));
        assertThrows(IllegalArgumentException.class, () -> new Downloader(Duration.ZERO, DownloadProgress.SILENT));
    }
}
