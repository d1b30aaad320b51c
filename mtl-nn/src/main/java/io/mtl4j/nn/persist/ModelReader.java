package io.mtl4j.nn.persist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.internal.LocalFile;
import io.mtl4j.nn.layer.Backend;
import io.mtl4j.nn.model.Architecture;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.model.Snapshot;
import io.mtl4j.nn.persist.ModelFiles.Loaded;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads one file. */
final class ModelReader {

    private static final int MOST_JSON_BYTES = 16 << 20;
    /** No entry unpacks to more than this many times its size. */
    private static final long BEST_COMPRESSION = 1032;

    private final Path file;
    private final ObjectMapper mapper;
    private long length;

    ModelReader(Path file, KnownTypes types) {
        this.file = file.toAbsolutePath();
        this.mapper = types.mapper();
    }

    Loaded read() {
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException(file, "there is no such file; give the path that save(...) wrote");
        }
        Backend.require();
        try (LocalFile local = LocalFile.of(file);
                ZipFile zip = new ZipFile(local.path().toFile())) {
            length = Files.size(local.path());
            return read(zip);
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException | NullPointerException e) {
            throw new ModelFileException(
                    file, "its parts do not fit together: " + e.getMessage() + "; take another copy", e);
        } catch (ZipException | EOFException e) {
            throw new ModelFileException(
                    file, "damaged or not a model file (" + e.getMessage() + "); take another copy", e);
        } catch (IOException e) {
            throw new ModelFileException(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private Loaded read(ZipFile zip) throws IOException {
        FileFormat format = json(zip, FileFormat.ENTRY, FileFormat.class, MOST_JSON_BYTES);
        if (!FileFormat.NAME.equals(format.format()) || format.version() != FileFormat.VERSION) {
            throw new ModelFileException(
                    file,
                    "format " + format.format() + " version " + format.version()
                            + " where " + FileFormat.NAME + " version " + FileFormat.VERSION
                            + " can be read; load it with the version of the library that wrote it");
        }
        DataType type = type(format.dataType());
        Architecture architecture = json(zip, FileFormat.ARCHITECTURE, Architecture.class, MOST_JSON_BYTES);
        MultiTaskModel model = build(zip, format, type, architecture);
        numbers(zip, FileFormat.PARAMETERS, model.network().store().flat());
        for (int i = 0; i < architecture.inputs().size(); i++) {
            numbers(zip, FileFormat.buffers(i), model.network().store().flatBuffers(i));
        }
        return new Loaded(model, format.training() ? Optional.of(training(zip, model)) : Optional.empty());
    }

    private DataType type(String name) {
        if (!name.equals(DataType.FLOAT.name()) && !name.equals(DataType.DOUBLE.name())) {
            throw new ModelFileException(file, "data type " + name + "; it must be FLOAT or DOUBLE");
        }
        return DataType.valueOf(name);
    }

    /** The count of parameters is checked against the entry before any memory is taken for them. */
    private MultiTaskModel build(ZipFile zip, FileFormat format, DataType type, Architecture architecture) {
        long count = Network.parameterCount(architecture);
        requireSize(entry(zip, FileFormat.PARAMETERS), count * RawNumbers.width(type));
        return MultiTaskModel.of(architecture, type, format.seed());
    }

    private TrainingState training(ZipFile zip, MultiTaskModel model) throws IOException {
        TrainingEntry entry = json(zip, FileFormat.TRAINING, TrainingEntry.class, mostTrainingBytes(model));
        DataType type = model.network().type();
        long most = 8 * model.parameterCount();
        if (entry.optimizerLength() < 0 || entry.optimizerLength() > most) {
            throw new ModelFileException(
                    file,
                    "an optimizer memory of " + entry.optimizerLength() + " numbers for " + model.parameterCount()
                            + " parameters; at most " + most + " make sense");
        }
        INDArray optimizer = Nd4j.empty(type);
        if (entry.optimizerLength() > 0) {
            requireSize(entry(zip, FileFormat.OPTIMIZER), entry.optimizerLength() * RawNumbers.width(type));
            optimizer = Nd4j.create(type, 1, entry.optimizerLength());
            numbers(zip, FileFormat.OPTIMIZER, optimizer);
        }
        Snapshot last = Snapshot.of(model);
        numbers(zip, FileFormat.last(FileFormat.PARAMETERS), last.parameters());
        for (int i = 0; i < model.architecture().inputs().size(); i++) {
            numbers(zip, FileFormat.last(FileFormat.buffers(i)), last.buffers(i));
        }
        return new TrainingState(entry.epoch(), entry.step(), entry.seed(), last, optimizer, entry.methods());
    }

    /** Some methods remember several numbers a parameter and task, at up to 25 characters each. */
    private static int mostTrainingBytes(MultiTaskModel model) {
        long numbers = 3L * model.tasks().size() * model.parameterCount();
        return (int) Math.min(Integer.MAX_VALUE - 16, MOST_JSON_BYTES + 25 * numbers);
    }

    private void numbers(ZipFile zip, String name, INDArray vector) throws IOException {
        ZipEntry entry = entry(zip, name);
        requireSize(entry, vector.length() * RawNumbers.width(vector.dataType()));
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            RawNumbers.read(in, vector);
            requireChecksum(entry, in);
        }
    }

    private <T> T json(ZipFile zip, String name, Class<T> type, int most) throws IOException {
        ZipEntry entry = entry(zip, name);
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new ModelFileException(
                        file,
                        "entry " + name + " is longer than " + most
                                + " bytes, more than a model of this size can need");
            }
            requireChecksum(entry, in);
            return mapper.readValue(bytes, type);
        } catch (JsonProcessingException e) {
            throw new ModelFileException(
                    file,
                    "entry " + name + ": " + e.getOriginalMessage()
                            + "; a type of your own must be given to load(...) with KnownTypes.with(...)",
                    e);
        }
    }

    private ZipEntry entry(ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ModelFileException(file, "entry " + name + " is missing; take another copy");
        }
        return entry;
    }

    /** ZipFile hands out the checksum but does not compare it. */
    private void requireChecksum(ZipEntry entry, CheckedInputStream read) {
        if (read.getChecksum().getValue() != entry.getCrc()) {
            throw new ModelFileException(
                    file, "entry " + entry.getName() + " does not have its checksum: damaged; take another copy");
        }
    }

    private void requireSize(ZipEntry entry, long bytes) {
        if (entry.getSize() != bytes) {
            throw new ModelFileException(
                    file,
                    "entry " + entry.getName() + " has " + entry.getSize() + " bytes where " + bytes
                            + " were expected; the file is damaged or was put together from several");
        }
        // What the entry says of itself is not believed before memory is taken for it.
        long packed = Math.min(entry.getCompressedSize(), length);
        if (bytes / BEST_COMPRESSION > packed) {
            throw new ModelFileException(
                    file,
                    "entry " + entry.getName() + " should have " + bytes + " bytes, packed into " + packed
                            + "; that is no more than a " + BEST_COMPRESSION
                            + "th, to which nothing can be packed, so the file is damaged or harmful");
        }
    }
}
