package io.mtl4j.nn.data.image;

import io.mtl4j.nn.data.DataFileException;
import io.mtl4j.nn.data.download.Downloader;
import io.mtl4j.nn.data.download.RemoteFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds MNIST and CIFAR-10.
 *
 * <ol>
 *   <li>With a data directory: in its folders {@code mnist} and {@code cifar10}, and nowhere else.
 *   <li>Without: in the folders of the same names in the cache, {@code ~/.cache/mtl4j} unless told otherwise;
 *   <li>else, with a downloader: on the network, from where they are put into the cache.
 * </ol>
 *
 * <p>A data set that is there but damaged is an error, never passed over.
 *
 * <pre>{@code
 * ImageDataSet digits(Supplier<ImageDataSet> builtIn) {
 *     ImageDataSets sets = ImageDataSets.builder()
 *             .downloader(new Downloader((file, received, total) -> System.err.println(file + ": " + received)))
 *             .build();
 *     return sets.findMnist().orElseGet(builtIn);
 * }
 * }</pre>
 */
public final class ImageDataSets {

    private static final Logger LOG = LoggerFactory.getLogger(ImageDataSets.class);

    private final Path dataDirectory;
    private final Path cache;
    private final Downloader downloader;
    private final List<RemoteFile> mnistFiles;
    private final RemoteFile cifarArchive;
    private final boolean small;

    private ImageDataSets(Builder settings) {
        dataDirectory = settings.dataDirectory;
        cache = settings.cache;
        downloader = settings.downloader;
        mnistFiles = settings.mnistFiles;
        cifarArchive = settings.cifarArchive;
        small = settings.small;
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return sets in the folders of a data directory}
     *
     * @param dataDirectory holds folders {@code mnist} and {@code cifar10}
     */
    public static ImageDataSets in(Path dataDirectory) {
        return builder().dataDirectory(dataDirectory).build();
    }

    /**
     * {@return MNIST: 60,000 and 10,000 handwritten digits, 28 by 28, grey}
     *
     * @throws DataFileException if it is nowhere, cannot be downloaded, or is damaged
     */
    public ImageDataSet mnist() {
        return get("mnist", MnistFolder::read, this::fetchMnist);
    }

    /**
     * {@return CIFAR-10: 50,000 and 10,000 photographs of ten kinds of things, 32 by 32, in colour; fewer if the folder has
     * only some of the training batches}
     *
     * @throws DataFileException if it is nowhere, cannot be downloaded, or is damaged
     */
    public ImageDataSet cifar10() {
        return get("cifar10", CifarFolder::read, this::fetchCifar10);
    }

    /**
     * {@return MNIST, or nothing if it is neither in the cache nor on a network within reach; the log tells why}
     *
     * @throws DataFileException if there is a data directory without it, or it is damaged
     */
    public Optional<ImageDataSet> findMnist() {
        return find("mnist", MnistFolder::read, this::fetchMnist);
    }

    /**
     * {@return CIFAR-10, or nothing if it is neither in the cache nor on a network within reach; the log tells why}
     *
     * @throws DataFileException if there is a data directory without it, or it is damaged
     */
    public Optional<ImageDataSet> findCifar10() {
        return find("cifar10", CifarFolder::read, this::fetchCifar10);
    }

    private Optional<ImageDataSet> find(String name, Function<Path, ImageDataSet> reader, Fetch fetch) {
        try {
            return Optional.of(reader.apply(locate(name, fetch)));
        } catch (InterruptedIOException e) {
            throw fault(name, e);
        } catch (IOException e) {
            LOG.warn("{}: {}", name, e.getMessage());
            LOG.debug("{}: cause", name, e);
            return Optional.empty();
        }
    }

    private ImageDataSet get(String name, Function<Path, ImageDataSet> reader, Fetch fetch) {
        try {
            return reader.apply(locate(name, fetch));
        } catch (IOException e) {
            throw fault(name, e);
        }
    }

    private DataFileException fault(String name, IOException e) {
        String problem = e.getMessage() + "; check the network, or put the files there by hand";
        return DataFileException.of(cache.resolve(name).toString(), problem).because(e);
    }

    private Path locate(String name, Fetch fetch) throws IOException {
        if (dataDirectory != null) {
            return dataDirectory.resolve(small ? name + "-mini" : name);
        }
        Path folder = cache.resolve(name);
        if (!Files.isDirectory(folder)) {
            if (downloader == null) {
                throw new IOException("no such folder, and downloads are off");
            }
            Files.createDirectories(cache);
            Path aside = Files.createTempDirectory(cache, name + ".part");
            try {
                fetch.into(aside);
                Files.move(aside, folder);
            } finally {
                delete(aside);
            }
        }
        return folder;
    }

    private void fetchMnist(Path folder) throws IOException {
        for (RemoteFile file : mnistFiles) {
            downloader.fetch(file, folder);
        }
    }

    private void fetchCifar10(Path folder) throws IOException {
        Path archive = downloader.fetch(cifarArchive, folder);
        CifarArchive.unpack(archive, folder);
        Files.delete(archive);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static Path defaultCache() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path home = caches == null || caches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return home.resolve("mtl4j");
    }

    /** Puts the files of a data set into a folder. */
    @FunctionalInterface
    private interface Fetch {
        void into(Path folder) throws IOException;
    }

    /** Collects where to look. */
    public static final class Builder {

        private Path dataDirectory;
        private Path cache = defaultCache();
        private Downloader downloader;
        private List<RemoteFile> mnistFiles = OfficialFiles.MNIST;
        private RemoteFile cifarArchive = OfficialFiles.CIFAR10;
        private boolean small;

        private Builder() {}

        /**
         * Looks into this directory only.
         *
         * @param directory holds folders {@code mnist} and {@code cifar10}
         * @return this builder
         */
        public Builder dataDirectory(Path directory) {
            dataDirectory = Objects.requireNonNull(directory, "data directory");
            return this;
        }

        /**
         * Reads folders {@code mnist-mini} and {@code cifar10-mini} of the data directory in place of {@code mnist} and
         * {@code cifar10}; the default is not to.
         *
         * @param value whether to
         * @return this builder
         */
        public Builder small(boolean value) {
            small = value;
            return this;
        }

        /**
         * Sets where downloads are kept; the default is {@code mtl4j} in the folder that the environment variable {@code
         * XDG_CACHE_HOME} names, or in {@code ~/.cache}.
         *
         * @param folder made when it is needed
         * @return this builder
         */
        public Builder cache(Path folder) {
            cache = Objects.requireNonNull(folder, "cache");
            return this;
        }

        /**
         * Allows downloads: 11 MB for MNIST, 170 MB for CIFAR-10; the default is not to.
         *
         * @param value what downloads them
         * @return this builder
         */
        public Builder downloader(Downloader value) {
            downloader = Objects.requireNonNull(value, "downloader");
            return this;
        }

        /**
         * Sets where MNIST is on the network; the default is two public mirrors of the original.
         *
         * @param files the four IDX files
         * @return this builder
         */
        public Builder mnistFiles(List<RemoteFile> files) {
            mnistFiles = List.copyOf(files);
            return this;
        }

        /**
         * Sets where CIFAR-10 is on the network; the default is its maker's page.
         *
         * @param archive the binary version, a {@code tar.gz} file
         * @return this builder
         */
        public Builder cifarArchive(RemoteFile archive) {
            cifarArchive = Objects.requireNonNull(archive, "CIFAR-10 archive");
            return this;
        }

        /**
         * {@return the sets}
         *
         * @throws IllegalStateException if small sets are asked for without a data directory
         */
        public ImageDataSets build() {
            if (small && dataDirectory == null) {
                throw new IllegalStateException(
                        "image data sets: small without a data directory; give one with folders mnist-mini and cifar10-mini");
            }
            return new ImageDataSets(this);
        }
    }
}
