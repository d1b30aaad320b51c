package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.Objects;

/**
 * A multi-layer perceptron: fully connected layers, one after the other. It takes vectors, pictures (flattened) and
 * sequences (step by step). Immutable: each method returns another encoder. Settings such as {@link #activation} hold for
 * the layers added after them; start with {@link Encoders#mlp()}.
 *
 * <pre>{@code
 * Encoder encoder = Encoders.mlp().l2(1e-4).dense(512).dropout(0.5).dense(256);
 * }</pre>
 *
 * @param layers the layers so far, first to last
 * @param settings what the layers that follow get
 */
public record Mlp(List<LayerSpec> layers, LayerSettings settings) implements Encoder {

    /** Copies the list. */
    public Mlp {
        layers = List.copyOf(layers);
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * {@return this encoder with a fully connected layer at its end; it flattens pictures}
     *
     * @param units number of outputs, at least 1
     */
    public Mlp dense(int units) {
        return then(settings.dense(units));
    }

    /**
     * {@return this encoder with dropout of the last layer's outputs}
     *
     * @param rate probability of dropping a value, at least 0 and below 1
     */
    public Mlp dropout(double rate) {
        return then(new Dropout(rate));
    }

    /**
     * {@return this encoder with any layer at its end}
     *
     * @param layer the layer; the encoder's settings do not change it
     */
    public Mlp then(LayerSpec layer) {
        return new Mlp(new Chain(layers).then(layer).layers(), settings);
    }

    /**
     * {@return this encoder, whose further layers have another activation}
     *
     * @param activation the function; ReLU unless set
     */
    public Mlp activation(Activation activation) {
        return new Mlp(layers, settings.withActivation(activation));
    }

    /**
     * {@return this encoder, whose further layers' weights start in another way}
     *
     * @param initializer how; {@link Initializer#HE_NORMAL} unless set
     */
    public Mlp initializer(Initializer initializer) {
        return new Mlp(layers, settings.withInitializer(initializer));
    }

    /** {@return this encoder, whose further layers normalise their sums over the batch, before the activation} */
    public Mlp batchNorm() {
        return new Mlp(layers, settings.withBatchNorm(true));
    }

    /** {@return this encoder, whose further layers do not normalise} */
    public Mlp noBatchNorm() {
        return new Mlp(layers, settings.withBatchNorm(false));
    }

    /**
     * {@return this encoder, whose further layers add {@code l1 Σ|w|} of their weights to the loss}
     *
     * @param l1 the coefficient, at least 0
     */
    public Mlp l1(double l1) {
        return new Mlp(layers, settings.withL1(l1));
    }

    /**
     * {@return this encoder, whose further layers add {@code l2/2 Σ w²} of their weights to the loss}
     *
     * @param l2 the coefficient, at least 0
     */
    public Mlp l2(double l2) {
        return new Mlp(layers, settings.withL2(l2));
    }

    @Override
    public String kind() {
        return "mlp";
    }

    @Override
    public List<LayerSpec> stages(Shape input) {
        requireLayers();
        return Stages.of(layers);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        requireLayers();
        return new Chain(layers).bind(input, binder);
    }

    private void requireLayers() {
        if (layers.isEmpty()) {
            throw new IllegalStateException("mlp: no layers; add at least one, such as dense(64)");
        }
    }
}
