package io.mtl4j.nn.persist;

/**
 * The first entry of a file.
 *
 * @param format always {@link #NAME}
 * @param version the version of the format
 * @param dataType FLOAT or DOUBLE
 * @param seed the seed from which the model's parameters started
 * @param parameters number of parameters
 * @param training whether the file holds what a training remembers
 */
record FileFormat(String format, int version, String dataType, long seed, long parameters, boolean training) {

    static final String NAME = "mtl4j-model";
    static final int VERSION = 1;
    static final String ENTRY = "format.json";
    static final String ARCHITECTURE = "architecture.json";
    static final String PARAMETERS = "parameters.bin";
    static final String TRAINING = "training.json";
    static final String OPTIMIZER = "optimizer.bin";

    /** How the name of a file ends that is not whole yet. */
    static final String ASIDE = ".part";

    static String buffers(int input) {
        return "buffers-" + input + ".bin";
    }

    /** Entries of a training's last step have the names of the model's with this before them. */
    static String last(String entry) {
        return "last-" + entry;
    }
}
