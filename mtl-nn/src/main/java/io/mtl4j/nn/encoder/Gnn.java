package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.GraphAttention;
import io.mtl4j.nn.layer.GraphConvolution;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.Objects;

/**
 * A graph neural network: {@linkplain GraphConvolution graph convolutions} and {@linkplain GraphAttention graph attention},
 * one after the other, on graphs whose nodes are declared as {@code Shape.sequence(features)} and whose edges come with the
 * examples ({@code GraphSource}). It gives a vector for every node, which heads turn into answers for each node or for the
 * whole graph, or one vector for the graph. Immutable: each method returns another encoder. Settings such as {@link
 * #activation} hold for the layers added after them; start with {@link Encoders#gnn()}.
 *
 * <pre>{@code
 * Encoder encoder = Encoders.gnn().convolution(64).attention(64, 4).dropout(0.2).convolution(64);
 * }</pre>
 *
 * @param layers the layers so far, first to last
 * @param settings what the layers that follow get
 * @param output what comes out
 */
public record Gnn(List<LayerSpec> layers, LayerSettings settings, SequenceOutput output) implements Encoder {

    /** Copies the list. */
    public Gnn {
        layers = List.copyOf(layers);
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(output, "output");
    }

    static Gnn start() {
        return new Gnn(List.of(), LayerSettings.DEFAULT, SequenceOutput.EVERY_STEP);
    }

    /**
     * {@return this encoder with a graph convolution at its end}
     *
     * @param units number of features of a node that come out, at least 1
     */
    public Gnn convolution(int units) {
        return learning(new GraphConvolution(units, settings.activation(), settings.initializer()));
    }

    /**
     * {@return this encoder with graph attention at its end}
     *
     * @param units number of features of a node that come out, of all heads together
     * @param heads number of heads; it must divide the number of units
     */
    public Gnn attention(int units, int heads) {
        return learning(new GraphAttention(units, heads, settings.activation(), 0, settings.initializer()));
    }

    /**
     * {@return this encoder with a fully connected layer at its end, which looks at each node alone}
     *
     * @param units number of features of a node that come out, at least 1
     */
    public Gnn dense(int units) {
        return then(settings.dense(units));
    }

    /**
     * {@return this encoder with dropout of the last layer's outputs}
     *
     * @param rate probability of dropping a value, at least 0 and below 1
     */
    public Gnn dropout(double rate) {
        return then(new Dropout(rate));
    }

    /**
     * {@return this encoder with any layer at its end}
     *
     * @param layer the layer; the encoder's settings do not change it
     */
    public Gnn then(LayerSpec layer) {
        return new Gnn(new Chain(layers).then(layer).layers(), settings, output);
    }

    private Gnn learning(LayerSpec layer) {
        return then(settings.regularized(layer));
    }

    /**
     * {@return this encoder, whose further layers have another activation}
     *
     * @param activation the function; ReLU unless set
     */
    public Gnn activation(Activation activation) {
        return with(settings.withActivation(activation));
    }

    /**
     * {@return this encoder, whose further layers' weights start in another way}
     *
     * @param initializer how; {@link Initializer#HE_NORMAL} unless set
     */
    public Gnn initializer(Initializer initializer) {
        return with(settings.withInitializer(initializer));
    }

    /**
     * {@return this encoder, whose further layers add {@code l1 Σ|w|} of their weights to the loss}
     *
     * @param l1 the coefficient, at least 0
     */
    public Gnn l1(double l1) {
        return with(settings.withL1(l1));
    }

    /**
     * {@return this encoder, whose further layers add {@code l2/2 Σ w²} of their weights to the loss}
     *
     * @param l2 the coefficient, at least 0
     */
    public Gnn l2(double l2) {
        return with(settings.withL2(l2));
    }

    private Gnn with(LayerSettings changed) {
        return new Gnn(layers, changed, output);
    }

    /** {@return this encoder, giving a vector for every node: what it does unless told otherwise} */
    public Gnn everyNode() {
        return output(SequenceOutput.EVERY_STEP);
    }

    /** {@return this encoder, giving the mean of the nodes} */
    public Gnn mean() {
        return output(SequenceOutput.MEAN);
    }

    /** {@return this encoder, giving the sum of the nodes} */
    public Gnn sum() {
        return output(SequenceOutput.SUM);
    }

    /** {@return this encoder, giving the largest values over the nodes} */
    public Gnn max() {
        return output(SequenceOutput.MAX);
    }

    /**
     * {@return this encoder with another output}
     *
     * @param kind what comes out; nodes are its steps
     */
    public Gnn output(SequenceOutput kind) {
        return new Gnn(layers, settings, kind);
    }

    @Override
    public String kind() {
        return "gnn";
    }

    @Override
    public List<LayerSpec> stages(Shape input) {
        return Stages.of(chain().layers());
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        return chain().bind(input, binder);
    }

    private Chain chain() {
        if (layers.isEmpty()) {
            throw new IllegalStateException("gnn: no layers; add at least one, such as convolution(64)");
        }
        Chain chain = new Chain(layers);
        return output.pool().map(chain::then).orElse(chain);
    }
}
