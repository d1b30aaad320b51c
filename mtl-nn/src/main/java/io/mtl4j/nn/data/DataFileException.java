package io.mtl4j.nn.data;

import java.util.OptionalLong;

/**
 * A data file that is missing, unreadable, truncated or of another format than it should be. The message names the file,
 * the place in it, what is wrong, and what to do about it.
 */
public final class DataFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;
    private final long line;

    private DataFileException(String file, long offset, long line, String message, Throwable cause) {
        super(message, cause);
        this.file = file;
        this.offset = offset;
        this.line = line;
    }

    /**
     * {@return a fault at a byte of a file}
     *
     * @param file name of the file
     * @param offset number of the byte, from 0, in the file's content (after unpacking, if it is packed)
     * @param problem what is wrong, and the cure
     */
    public static DataFileException atByte(String file, long offset, String problem) {
        return new DataFileException(file, offset, -1, file + ", byte " + offset + ": " + problem, null);
    }

    /**
     * {@return a fault at a line of a text file}
     *
     * @param file name of the file
     * @param line number of the line, from 1
     * @param problem what is wrong, and the cure
     */
    public static DataFileException atLine(String file, long line, String problem) {
        return new DataFileException(file, -1, line, file + ", line " + line + ": " + problem, null);
    }

    /**
     * {@return a fault of a file or folder as a whole}
     *
     * @param file name of the file
     * @param problem what is wrong, and the cure
     */
    public static DataFileException of(String file, String problem) {
        return new DataFileException(file, -1, -1, file + ": " + problem, null);
    }

    /**
     * {@return this fault with its cause}
     *
     * @param cause what the file system, the unpacking or the network reported
     */
    public DataFileException because(Throwable cause) {
        return new DataFileException(file, offset, line, getMessage(), cause);
    }

    /** {@return the name of the file} */
    public String file() {
        return file;
    }

    /** {@return the number of the faulty byte, from 0, if there is one} */
    public OptionalLong offset() {
        return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /** {@return the number of the faulty line, from 1, if there is one} */
    public OptionalLong line() {
        return line < 0 ? OptionalLong.empty() : OptionalLong.of(line);
    }
}
