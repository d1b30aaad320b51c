package io.mtl4j.nn.spark;

import io.mtl4j.nn.data.MultiTaskBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * A batch as bytes, whose size Spark can tell.
 *
 * @param bytes the batch as Java writes objects
 */
record BatchBytes(byte[] bytes) implements Serializable {

    static BatchBytes of(MultiTaskBatch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(batch);
        } catch (IOException e) {
            throw new UncheckedIOException("a batch cannot be written as Java writes objects", e);
        }
        return new BatchBytes(bytes.toByteArray());
    }

    MultiTaskBatch batch() {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (MultiTaskBatch) in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a batch does not arrive as it was sent", e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "a class of ND4J is missing on this machine; give executors the same jars as the driver", e);
        }
    }
}
