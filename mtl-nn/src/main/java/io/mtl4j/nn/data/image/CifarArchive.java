package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks the official archive of CIFAR-10, binary version. */
final class CifarArchive {

    private static final Pattern WANTED = Pattern.compile("(data_batch_\\d|test_batch)\\.bin");

    private CifarArchive() {}

    /** Writes the batches of an archive, and nothing else that may be in it, into a folder. */
    static void unpack(Path archive, Path folder) {
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(file), 1 << 16))) {
            Files.createDirectories(folder);
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                // The last part only: a name in an archive must not lead out of the folder.
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.isFile() && WANTED.matcher(name).matches()) {
                    if (entry.getSize() > CifarReader.LARGEST) {
                        throw new IOException(name + " has " + entry.getSize() + " bytes, of at most "
                                + CifarReader.LARGEST + " that all pictures have");
                    }
                    Files.copy(tar, folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw DataFileException.of(
                            archive.toString(), "cannot be unpacked: " + e.getMessage() + "; download it again")
                    .because(e);
        }
    }
}
