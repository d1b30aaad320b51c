package io.mtl4j.nn.persist;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Vectors as little-endian IEEE numbers, in pieces, so that a large one needs no second copy in memory. */
final class RawNumbers {

    private static final int PIECE = 1 << 18;

    private RawNumbers() {}

    static int width(DataType type) {
        return type == DataType.DOUBLE ? Double.BYTES : Float.BYTES;
    }

    static void write(INDArray vector, OutputStream out) throws IOException {
        INDArray flat = vector.reshape(vector.length());
        int width = width(flat.dataType());
        for (long from = 0; from < flat.length(); from += PIECE) {
            INDArray piece = flat.get(NDArrayIndex.interval(from, Math.min(flat.length(), from + PIECE)));
            ByteBuffer bytes = ByteBuffer.allocate((int) piece.length() * width).order(ByteOrder.LITTLE_ENDIAN);
            if (width == Double.BYTES) {
                bytes.asDoubleBuffer().put(piece.toDoubleVector());
            } else {
                bytes.asFloatBuffer().put(piece.toFloatVector());
            }
            out.write(bytes.array());
        }
    }

    /** Fills a vector; the stream must have exactly its numbers. */
    static void read(InputStream in, INDArray vector) throws IOException {
        DataInputStream data = new DataInputStream(in);
        INDArray flat = vector.reshape(vector.length());
        int width = width(flat.dataType());
        for (long from = 0; from < flat.length(); from += PIECE) {
            INDArray piece = flat.get(NDArrayIndex.interval(from, Math.min(flat.length(), from + PIECE)));
            byte[] bytes = new byte[(int) piece.length() * width];
            data.readFully(bytes);
            ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (width == Double.BYTES) {
                double[] values = new double[(int) piece.length()];
                numbers.asDoubleBuffer().get(values);
                piece.assign(Nd4j.createFromArray(values));
            } else {
                float[] values = new float[(int) piece.length()];
                numbers.asFloatBuffer().get(values);
                piece.assign(Nd4j.createFromArray(values));
            }
        }
        if (data.read() >= 0) {
            throw new IOException("more numbers than the " + flat.length() + " expected");
        }
    }
}
