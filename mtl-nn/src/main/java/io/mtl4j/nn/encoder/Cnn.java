package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.AvgPool2d;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.GlobalPool;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.MaxPool2d;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.Objects;

/**
 * A convolutional network for pictures. Immutable: each method returns another encoder. Settings such as {@link
 * #batchNorm} hold for the layers added after them; start with {@link Encoders#cnn()}.
 *
 * <pre>{@code
 * Encoder small = Encoders.cnn().conv(32, 3).conv(64, 3).maxPool(2).conv(64, 3).maxPool(2).dense(128);
 * Encoder residual = Encoders.cnn().batchNorm().conv(32, 3).residual(32).residual(64, 2).residual(128, 2).globalPool();
 * }</pre>
 *
 * @param layers the layers so far, first to last
 * @param settings what the layers that follow get
 */
public record Cnn(List<LayerSpec> layers, LayerSettings settings) implements Encoder {

    /** Copies the list. */
    public Cnn {
        layers = List.copyOf(layers);
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * {@return this encoder with a convolution at its end, of stride 1 and padded so that the picture keeps its size}
     *
     * @param filters number of output channels, at least 1
     * @param kernel rows and columns of a kernel, at least 1
     */
    public Cnn conv(int filters, int kernel) {
        return conv(filters, kernel, 1, Padding.SAME);
    }

    /**
     * {@return this encoder with a convolution at its end}
     *
     * @param filters number of output channels, at least 1
     * @param kernel rows and columns of a kernel, at least 1
     * @param stride step of the kernel, at least 1
     * @param padding what lies beyond the picture's edge
     */
    public Cnn conv(int filters, int kernel, int stride, Padding padding) {
        return then(settings.convolution(filters, kernel, stride, padding));
    }

    /**
     * {@return this encoder with a residual block at its end: two 3x3 convolutions around which the input is added}
     *
     * @param filters number of output channels, at least 1
     */
    public Cnn residual(int filters) {
        return residual(filters, 1);
    }

    /**
     * {@return this encoder with a residual block at its end: two 3x3 convolutions around which the input is added, through
     * a 1x1 convolution if the shape changes}
     *
     * @param filters number of output channels, at least 1
     * @param stride step of the first convolution, at least 1
     */
    public Cnn residual(int filters, int stride) {
        return then(settings.residual(filters, stride));
    }

    /**
     * {@return this encoder with the greatest value of each window; rows and columns left over are dropped}
     *
     * @param size rows and columns of the window, and its step, at least 1
     */
    public Cnn maxPool(int size) {
        return then(MaxPool2d.of(size));
    }

    /**
     * {@return this encoder with the mean of each window; rows and columns left over are dropped}
     *
     * @param size rows and columns of the window, and its step, at least 1
     */
    public Cnn avgPool(int size) {
        return then(AvgPool2d.of(size));
    }

    /** {@return this encoder with the mean of each channel, which makes a vector of a picture} */
    public Cnn globalPool() {
        return then(new GlobalPool(GlobalPool.Kind.AVERAGE));
    }

    /**
     * {@return this encoder with a fully connected layer at its end; it flattens pictures}
     *
     * @param units number of outputs, at least 1
     */
    public Cnn dense(int units) {
        return then(settings.dense(units));
    }

    /**
     * {@return this encoder with dropout of the last layer's outputs}
     *
     * @param rate probability of dropping a value, at least 0 and below 1
     */
    public Cnn dropout(double rate) {
        return then(new Dropout(rate));
    }

    /**
     * {@return this encoder with any layer at its end}
     *
     * @param layer the layer; the encoder's settings do not change it
     */
    public Cnn then(LayerSpec layer) {
        return new Cnn(new Chain(layers).then(layer).layers(), settings);
    }

    /**
     * {@return this encoder, whose further layers have another activation}
     *
     * @param activation the function; ReLU unless set
     */
    public Cnn activation(Activation activation) {
        return new Cnn(layers, settings.withActivation(activation));
    }

    /**
     * {@return this encoder, whose further layers' weights start in another way}
     *
     * @param initializer how; {@link Initializer#HE_NORMAL} unless set
     */
    public Cnn initializer(Initializer initializer) {
        return new Cnn(layers, settings.withInitializer(initializer));
    }

    /** {@return this encoder, whose further convolutions and dense layers normalise their sums over the batch, before the activation} */
    public Cnn batchNorm() {
        return new Cnn(layers, settings.withBatchNorm(true));
    }

    /** {@return this encoder, whose further layers do not normalise} */
    public Cnn noBatchNorm() {
        return new Cnn(layers, settings.withBatchNorm(false));
    }

    /**
     * {@return this encoder, whose further layers add {@code l1 Σ|w|} of their weights to the loss}
     *
     * @param l1 the coefficient, at least 0
     */
    public Cnn l1(double l1) {
        return new Cnn(layers, settings.withL1(l1));
    }

    /**
     * {@return this encoder, whose further layers add {@code l2/2 Σ w²} of their weights to the loss}
     *
     * @param l2 the coefficient, at least 0
     */
    public Cnn l2(double l2) {
        return new Cnn(layers, settings.withL2(l2));
    }

    @Override
    public String kind() {
        return "cnn";
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
            throw new IllegalStateException("cnn: no layers; add at least one, such as conv(32, 3)");
        }
    }
}
