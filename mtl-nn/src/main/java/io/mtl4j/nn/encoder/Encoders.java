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
}
