package io.mtl4j.nn.data;

/** Turns numbers of classes into the floats of a batch. */
final class Codes {

    /** Floats hold whole numbers exactly up to this. */
    private static final int LARGEST = 1 << 24;

    private Codes() {}

    static float toFloat(int code, String what, int example) {
        if (code < Labels.MISSING || code > LARGEST) {
            throw new IllegalArgumentException("labels: example " + example + " has " + what + " " + code + "; a "
                    + what + " is a number from 0 to " + LARGEST + ", or -1 where there is no label");
        }
        return code == Labels.MISSING ? Float.NaN : code;
    }
}
