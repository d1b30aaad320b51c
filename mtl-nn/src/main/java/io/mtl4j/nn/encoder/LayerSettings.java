package io.mtl4j.nn.encoder;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.Residual;
import java.util.Objects;

/**
 * What {@link Mlp}, {@link Cnn} and {@link Gnn} give to each layer that is added.
 *
 * @param activation elementwise function of dense layers, convolutions and residual blocks
 * @param initializer how their weights start
 * @param batchNorm whether a batch normalisation stands between a layer's sum and its activation
 * @param l1 coefficient of the sum of the weights' absolute values in the loss, at least 0
 * @param l2 coefficient of half the sum of the weights' squares in the loss, at least 0
 */
public record LayerSettings(Activation activation, Initializer initializer, boolean batchNorm, double l1, double l2) {

    /** ReLU, He's normal initialisation, and nothing else. */
    public static final LayerSettings DEFAULT = new LayerSettings(Activation.RELU, Initializer.HE_NORMAL, false, 0, 0);

    /** Checks the values. */
    public LayerSettings {
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(initializer, "initializer");
        Require.nonNegative("l1", l1);
        Require.nonNegative("l2", l2);
    }

    LayerSettings withActivation(Activation value) {
        return new LayerSettings(value, initializer, batchNorm, l1, l2);
    }

    LayerSettings withInitializer(Initializer value) {
        return new LayerSettings(activation, value, batchNorm, l1, l2);
    }

    LayerSettings withBatchNorm(boolean value) {
        return new LayerSettings(activation, initializer, value, l1, l2);
    }

    LayerSettings withL1(double value) {
        return new LayerSettings(activation, initializer, batchNorm, value, l2);
    }

    LayerSettings withL2(double value) {
        return new LayerSettings(activation, initializer, batchNorm, l1, value);
    }

    LayerSpec dense(int units) {
        LayerSpec layer = new Dense(units, batchNorm ? Activation.IDENTITY : activation, initializer);
        return regularized(batchNorm ? Chain.of(layer, BatchNorm.of(activation)) : layer);
    }

    LayerSpec convolution(int filters, int kernel, int stride, Padding padding) {
        return regularized(convolution(filters, kernel, stride, padding, activation));
    }

    LayerSpec residual(int filters, int stride) {
        LayerSpec body = Chain.of(
                convolution(filters, 3, stride, Padding.SAME, activation),
                convolution(filters, 3, 1, Padding.SAME, Activation.IDENTITY));
        return regularized(new Residual(body, activation, initializer, batchNorm));
    }

    private LayerSpec convolution(int filters, int kernel, int stride, Padding padding, Activation function) {
        LayerSpec layer = new Conv2d(
                filters,
                kernel,
                stride,
                1,
                padding,
                !batchNorm,
                batchNorm ? Activation.IDENTITY : function,
                initializer);
        return batchNorm ? Chain.of(layer, BatchNorm.of(function)) : layer;
    }

    LayerSpec regularized(LayerSpec layer) {
        return l1 == 0 && l2 == 0 ? layer : new Regularized(layer, l1, l2);
    }
}
