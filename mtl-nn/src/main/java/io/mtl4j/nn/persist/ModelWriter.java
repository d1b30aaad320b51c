package io.mtl4j.nn.persist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes one file. */
final class ModelWriter {

    private final Path file;
    private final KnownTypes types;
    private final ObjectMapper mapper;

    ModelWriter(Path file, KnownTypes types) {
        this.file = file.toAbsolutePath();
        this.types = types;
        this.mapper = types.mapper();
    }

    /**
     * Writes a model.
     *
     * @param numbers the model's numbers, which need not be those that it has now
     */
    void write(MultiTaskModel model, Snapshot numbers, Optional<TrainingState> state) {
        try {
            if (!Files.isDirectory(file.getParent())) {
                Files.createDirectories(file.getParent());
            }
            // Not a temporary file: those are for their owner alone, and a model is as readable as other files.
            Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + FileFormat.ASIDE);
            try {
                try (FileChannel channel =
                                FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                        ZipOutputStream zip =
                                new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
                    entries(model, numbers, state, zip);
                    zip.finish();
                    zip.flush();
                    channel.force(true);
                }
                Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new ModelFileException(
                    file, "cannot be written (" + e + "); check the folder, its permissions and the space left", e);
        }
    }

    private void entries(MultiTaskModel model, Snapshot numbers, Optional<TrainingState> state, ZipOutputStream zip)
            throws IOException {
        FileFormat format = new FileFormat(
                FileFormat.NAME,
                FileFormat.VERSION,
                model.network().type().name(),
                model.seed(),
                model.parameterCount(),
                state.isPresent());
        json(zip, FileFormat.ENTRY, format);
        json(zip, FileFormat.ARCHITECTURE, described(model));
        numbers(zip, FileFormat.PARAMETERS, numbers.parameters());
        for (int i = 0; i < model.architecture().inputs().size(); i++) {
            numbers(zip, FileFormat.buffers(i), numbers.buffers(i));
        }
        if (state.isPresent()) {
            TrainingState s = state.get();
            long length = s.optimizer().isEmpty() ? 0 : s.optimizer().length();
            json(zip, FileFormat.TRAINING, new TrainingEntry(s.epoch(), s.step(), s.seed(), length, s.methods()));
            if (length > 0) {
                numbers(zip, FileFormat.OPTIMIZER, s.optimizer());
            }
            numbers(zip, FileFormat.last(FileFormat.PARAMETERS), s.last().parameters());
            for (int i = 0; i < model.architecture().inputs().size(); i++) {
                numbers(zip, FileFormat.last(FileFormat.buffers(i)), s.last().buffers(i));
            }
        }
    }

    /** Jackson would name a type that nobody can read again, so names are checked before anything is written. */
    private JsonNode described(MultiTaskModel model) {
        JsonNode tree = mapper.valueToTree(model.architecture());
        for (String name : tree.findValuesAsText("type")) {
            if (!types.byName().containsKey(name)) {
                throw new ModelFileException(
                        file, "type " + name + " is not known; add it with KnownTypes.standard().with(name, class)");
            }
        }
        return tree;
    }

    private void json(ZipOutputStream zip, String name, Object value) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(mapper.writeValueAsBytes(value));
        zip.closeEntry();
    }

    private static void numbers(ZipOutputStream zip, String name, INDArray vector) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        RawNumbers.write(vector, zip);
        zip.closeEntry();
    }
}
