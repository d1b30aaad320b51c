package io.mtl4j.nn.data.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.download.DownloadProgress;
import io.mtl4j.nn.data.download.Downloader;
import io.mtl4j.nn.data.download.FileServer;
import io.mtl4j.nn.data.download.RemoteFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDataSetsTest {

    @TempDir
    Path folder;

    private static Downloader downloader() {
        return new Downloader(Duration.ofSeconds(5), DownloadProgress.SILENT);
    }

    private static byte[] tar(List<String> names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (String name : names) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                byte[] content = TestFiles.cifar(2, names.indexOf(name));
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return TestFiles.gzip(bytes.toByteArray());
    }

    private static List<RemoteFile> mnist(FileServer server) {
        return List.of(
                server.file("/train-images-idx3-ubyte.gz", TestFiles.gzip(TestFiles.idx(251, 20, 28, 28))),
                server.file("/train-labels-idx1-ubyte.gz", TestFiles.gzip(TestFiles.idx(10, 20))),
                server.file("/t10k-images-idx3-ubyte.gz", TestFiles.gzip(TestFiles.idx(251, 10, 28, 28))),
                server.file("/t10k-labels-idx1-ubyte.gz", TestFiles.gzip(TestFiles.idx(10, 10))));
    }

    private List<String> names(String path) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void readsADataDirectoryAndItsSmallVariants() {
        TestFiles.mnist(folder.resolve("mnist"), 30, 20);
        TestFiles.mnist(folder.resolve("mnist-mini"), 4, 3);
        TestFiles.write(folder.resolve("cifar10-mini"), "train2.bin", TestFiles.cifar(2, 0));
        TestFiles.write(folder.resolve("cifar10-mini"), "test3.bin.gz", TestFiles.gzip(TestFiles.cifar(3, 0)));
        assertEquals(30, ImageDataSets.in(folder).mnist().train().size());
        ImageDataSets small =
                ImageDataSets.builder().dataDirectory(folder).small(true).build();
        assertEquals(3, small.findMnist().orElseThrow().test().size());
        assertEquals(2, small.cifar10().train().size());
    }

    @Test
    void aDataDirectoryWithoutTheSetIsAnError() {
        ImageDataSets sets = ImageDataSets.builder()
                .dataDirectory(folder)
                .downloader(downloader())
                .build();
        assertEquals(
                folder.resolve("mnist") + ": no such folder; check the path",
                assertThrows(DataFileException.class, sets::findMnist).getMessage());
    }

    @Test
    void withoutCacheAndNetworkThereIsNothing() {
        ImageDataSets sets = ImageDataSets.builder().cache(folder).build();
        assertTrue(sets.findMnist().isEmpty());
        assertTrue(sets.findCifar10().isEmpty());
        DataFileException fault = assertThrows(DataFileException.class, sets::mnist);
        assertEquals(
                folder.resolve("mnist")
                        + ": no such folder, and downloads are off; check the network, or put the files there by hand",
                fault.getMessage());
    }

    @Test
    void downloadsMnistOnce() throws IOException {
        try (FileServer server = new FileServer()) {
            ImageDataSets sets = ImageDataSets.builder()
                    .cache(folder.resolve("cache"))
                    .downloader(downloader())
                    .mnistFiles(mnist(server))
                    .build();
            assertEquals(20, sets.mnist().train().size());
            assertEquals(10, sets.findMnist().orElseThrow().test().size());
            assertEquals(4, server.requests());
            assertEquals(List.of("mnist"), names("cache"));
        }
    }

    @Test
    void downloadsAndUnpacksCifar10AndNothingElseOfTheArchive() throws IOException {
        try (FileServer server = new FileServer()) {
            byte[] archive = tar(List.of(
                    "cifar-10-batches-bin/data_batch_1.bin",
                    "../../data_batch_2.bin",
                    "/test_batch.bin",
                    "../evil.bin",
                    "cifar-10-batches-bin/readme.html"));
            ImageDataSets sets = ImageDataSets.builder()
                    .cache(folder.resolve("cache"))
                    .downloader(downloader())
                    .cifarArchive(server.file("/cifar-10-binary.tar.gz", archive))
                    .build();
            assertEquals(4, sets.cifar10().train().size());
            assertEquals(List.of("data_batch_1.bin", "data_batch_2.bin", "test_batch.bin"), names("cache/cifar10"));
            assertEquals(List.of("cifar10"), names("cache"));
            assertEquals(List.of("cache"), names("."));
        }
    }

    @Test
    void aFailedDownloadLeavesNothingAndIsTriedAgain() throws IOException {
        try (FileServer server = new FileServer()) {
            List<RemoteFile> files = mnist(server);
            server.put("/t10k-labels-idx1-ubyte.gz", new byte[3]);
            ImageDataSets sets = ImageDataSets.builder()
                    .cache(folder)
                    .downloader(downloader())
                    .mnistFiles(files)
                    .build();
            assertTrue(sets.findMnist().isEmpty());
            assertEquals(List.of(), names("."));
            assertThrows(DataFileException.class, sets::mnist);
            mnist(server);
            assertTrue(sets.findMnist().isPresent());
        }
    }

    @Test
    void aDamagedArchiveIsAnError() throws IOException {
        try (FileServer server = new FileServer()) {
            ImageDataSets sets = ImageDataSets.builder()
                    .cache(folder)
                    .downloader(downloader())
                    .cifarArchive(server.file("/cifar.tar.gz", new byte[100]))
                    .build();
            assertThrows(DataFileException.class, sets::findCifar10);
            assertEquals(List.of(), names("."));
        }
    }

    @Test
    void anArchiveThatUnpacksToMoreThanThereAreOfPicturesIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes); // closed, it would miss the content
        TarArchiveEntry entry = new TarArchiveEntry("data_batch_1.bin", true);
        entry.setSize(7L << 30);
        tar.putArchiveEntry(entry);
        tar.write(new byte[100_000]);
        tar.flush();
        try (FileServer server = new FileServer()) {
            ImageDataSets sets = ImageDataSets.builder()
                    .cache(folder)
                    .downloader(downloader())
                    .cifarArchive(server.file("/cifar.tar.gz", TestFiles.gzip(bytes.toByteArray())))
                    .build();
            String message =
                    assertThrows(DataFileException.class, sets::findCifar10).getMessage();
            assertTrue(message.contains("data_batch_1.bin has 7516192768 bytes"), message);
            assertEquals(List.of(), names("."));
        }
    }

    @Test
    void aDamagedCacheIsAnErrorAndNotPassedOver() {
        TestFiles.mnist(folder.resolve("mnist"), 30, 20);
        TestFiles.write(folder.resolve("mnist"), "t10k-images-idx3-ubyte", new byte[3]);
        ImageDataSets sets = ImageDataSets.builder().cache(folder).build();
        assertThrows(DataFileException.class, sets::findMnist);
    }

    @Test
    void smallSetsNeedADataDirectory() {
        assertThrows(
                IllegalStateException.class,
                () -> ImageDataSets.builder().small(true).build());
    }
}
