package io.mtl4j.nn.encoder;

import java.util.List;

/** Where encoders begin. */
public final class Encoders {

    private Encoders() {}

    /** {@return a multi-layer perceptron without layers; add them with {@link Mlp#dense}} */
    public static Mlp mlp() {
        return new Mlp(List.of(), LayerSettings.DEFAULT);
    }

    /** {@return a convolutional network without layers; add them with {@link Cnn#conv(int, int)} and the like} */
    public static Cnn cnn() {
        return new Cnn(List.of(), LayerSettings.DEFAULT);
    }

    /** {@return an LSTM of one layer of 128 units that gives its last state; change it with {@link LstmEncoder}'s methods} */
    public static LstmEncoder lstm() {
        return LstmEncoder.start();
    }

    /**
     * {@return a transformer of two post-norm blocks with 128 features, 4 heads and fixed waves as positions that gives
     * the mean over the steps; change it with {@link TransformerEncoder}'s methods}
     */
    public static TransformerEncoder transformer() {
        return TransformerEncoder.start();
    }
}
