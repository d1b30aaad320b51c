package io.mtl4j.nn.train;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.SourceBatch;
import io.mtl4j.nn.layer.Seed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Tells data sets apart without reading all of them: the first 16 hexadecimal digits of a SHA-256 of the input's name, the
 * number of examples, the names of the tasks, and the numbers of up to 64 examples at equal distances, features and labels.
 * Equal data have equal fingerprints on every machine; data that differ only in examples that are not looked at have the
 * same, too. Augmented sources are looked at with a fixed seed.
 */
final class DataFingerprint {

    private static final int EXAMPLES = 64;
    private static final int DIGITS = 16;

    private DataFingerprint() {}

    static String of(DataSource source) {
        MessageDigest digest = sha256();
        text(digest, source.input() + "\n" + source.size());
        int count = Math.min(EXAMPLES, source.size());
        int[] indices = IntStream.range(0, count)
                .map(i -> (int) ((long) i * source.size() / count))
                .toArray();
        SourceBatch batch = source.batch(indices, new Seed(0).generator());
        numbers(digest, "features", batch.features());
        numbers(digest, "steps", batch.steps());
        numbers(digest, "relations", batch.relations());
        for (String task : new TreeSet<>(source.tasks())) {
            numbers(digest, "labels of " + task, batch.labels().get(task));
            numbers(digest, "mask of " + task, batch.labelMasks().get(task));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static void numbers(MessageDigest digest, String what, INDArray array) {
        text(digest, what);
        if (array == null) {
            return;
        }
        for (long size : array.shape()) {
            number(digest, size);
        }
        for (double value : array.dup('c').reshape(array.length()).toDoubleVector()) {
            number(digest, Double.doubleToLongBits(value));
        }
    }

    private static void number(MessageDigest digest, long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            digest.update((byte) (value >>> shift));
        }
    }

    private static void text(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256, which every one must have", e);
        }
    }
}
