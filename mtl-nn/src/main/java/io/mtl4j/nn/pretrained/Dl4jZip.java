package io.mtl4j.nn.pretrained;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.internal.LocalFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads the two parts of a network's zip file that matter, and checks them against each other and the file. */
final class Dl4jZip {

    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final int LARGEST_CONFIGURATION = 1 << 25;
    /** Weights hardly shrink when they are packed; what shrinks more than this and is large was made to fill memory. */
    private static final long GREATEST_RATIO = 100;

    private static final long SMALL = 1 << 22;

    private Dl4jZip() {}

    static ComputationGraph read(Path file) {
        try (LocalFile local = LocalFile.of(file);
                ZipFile zip = new ZipFile(local.path().toFile())) {
            ComputationGraphConfiguration configuration = Dl4jConfiguration.parse(file.toString(), text(file, zip));
            INDArray parameters = numbers(file, zip, Dl4jConfiguration.parameters(file.toString(), configuration));
            return graph(file, configuration, parameters);
        } catch (ZipException e) {
            throw DataFileException.of(
                            file.toString(),
                            "is no zip file (" + e.getMessage() + "); give what DL4J's" + " ModelSerializer wrote")
                    .because(e);
        } catch (EOFException e) {
            throw DataFileException.of(file.toString(), "ends too early; copy or save it again")
                    .because(e);
        } catch (IOException e) {
            throw DataFileException.of(file.toString(), "cannot be read: " + e + "; check the path and the rights")
                    .because(e);
        }
    }

    private static ComputationGraph graph(Path file, ComputationGraphConfiguration configuration, INDArray parameters) {
        try {
            return Dl4jConfiguration.graph(configuration, parameters);
        } catch (RuntimeException e) {
            throw DataFileException.of(
                            file.toString(), "DL4J cannot build the network (" + e.getMessage() + "); save it again")
                    .because(e);
        }
    }

    private static String text(Path file, ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(entry(file, zip, CONFIGURATION))) {
            byte[] bytes = in.readNBytes(LARGEST_CONFIGURATION + 1);
            if (bytes.length > LARGEST_CONFIGURATION) {
                throw DataFileException.of(
                        file.toString(),
                        CONFIGURATION + " has more than " + LARGEST_CONFIGURATION + " bytes; it may have so many");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static INDArray numbers(Path file, ZipFile zip, long count) throws IOException {
        ZipEntry entry = entry(file, zip, COEFFICIENTS);
        long packed = entry.getCompressedSize();
        long size = entry.getSize();
        if (packed > Files.size(file) || (size > SMALL && size / GREATEST_RATIO > packed)) {
            throw DataFileException.of(
                    file.toString(),
                    COEFFICIENTS + " has " + size + " bytes, packed into " + packed + " of a file of "
                            + Files.size(file) + "; weights shrink to a " + GREATEST_RATIO
                            + "th at the most when they are packed, so the file is damaged or harmful");
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(zip.getInputStream(entry)))) {
            return new Dl4jNumbers(file.toString(), size).read(in, count);
        }
    }

    private static ZipEntry entry(Path file, ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw DataFileException.of(
                    file.toString(),
                    "has no " + name + "; give a network that DL4J's ModelSerializer wrote, with its parameters");
        }
        return entry;
    }
}
