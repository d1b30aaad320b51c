package io.mtl4j.nn.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.mtl4j.nn.encoder.GraphEncoder;
import io.mtl4j.nn.persist.FullDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Networks of others are also read where the machine's own file system does not reach, as in an archive or memory. */
class OtherFileSystemTest {

    private static void assertSame(Path file, Function<Path, GraphEncoder> reader) throws IOException {
        try (FullDisk disk = new FullDisk(1 << 20)) {
            Path copy = Files.copy(file, disk.path("/network"));
            assertEquals(reader.apply(file), reader.apply(copy));
        }
    }

    @Test
    void networksOfDl4j() throws IOException {
        assertSame(Tiny.folder("dl4j").resolve("layers.zip"), Dl4jFiles::encoder);
    }

    @Test
    void networksOfKeras() throws IOException {
        assertSame(Tiny.folder("keras").resolve("branches.h5"), file -> KerasFiles.encoder(file, "both"));
    }

    @Test
    void networksOfHuggingFace() throws IOException {
        try (FullDisk disk = new FullDisk(4 << 20)) {
            Path from = Tiny.folder("bert");
            Path copy = Files.createDirectory(disk.path("/bert"));
            for (String name : FullDisk.names(from)) {
                Files.copy(from.resolve(name), copy.resolve(name));
            }
            assertEquals(HuggingFace.bert(from).input(), HuggingFace.bert(copy).input());
        }
    }
}
