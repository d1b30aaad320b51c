package io.mtl4j.nn.dl4j;

import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutionalFlat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.databind.annotation.JsonDeserialize;
import org.nd4j.shade.jackson.databind.annotation.JsonSerialize;

/**
 * DL4J's configuration of a layer that computes what a {@link LayerSpec} describes: a layer of this library, a chain of
 * them, an encoder, or a user's own. It goes wherever DL4J takes a layer, except as the output layer.
 *
 * <p><b>Input.</b> The input type of the network says what comes in: feed forward is a vector, convolutional a picture
 * (NCHW or NHWC), flat convolutional a picture too, recurrent a sequence (NCW or NWC). Where there are no input types, and
 * for token ids {@code [batch, time]} or {@code [batch, 1, time]}, {@link Builder#input} says it.
 *
 * <p><b>Parameters</b> have the names that the layer declares, such as {@code W} or, in a chain, {@code 0.W}, and lie in the
 * network's flat vector in C order. They start as the layer describes, drawn from the network's seed and this layer's name;
 * DL4J's weight initialisation and activation have no effect. Updaters, regularisation, gradient normalisation, constraints
 * and dropout of the input are DL4J's and work as with its own layers. What the layer adds to the loss by itself ({@link
 * io.mtl4j.nn.layer.Regularized}) comes on top of that.
 *
 * <p><b>Buffers</b>, such as the running statistics of a batch normalisation, follow the parameters in the flat vector, so
 * {@code ModelSerializer} saves them, and copies and averages of networks have them. As in DL4J's batch normalisation they
 * move by a "gradient", the difference of old and new, that no updater changes; unlike there, gradient normalisation leaves
 * it alone too, and counts only the gradients of parameters.
 *
 * <p><b>Dropout</b> inside the layer draws from the network's seed, this layer's name, the iteration and the number of the
 * training pass within the iteration, never from ND4J's global generator. So a training that is loaded and continued draws
 * what it would have drawn.
 *
 * <p><b>Masks</b> of time steps reach the layer. They end where it makes one vector of a sequence.
 *
 * <p>A recurrent layer starts from 0 in every pass: it has no state to carry on for {@code rnnTimeStep}, and none between
 * the segments of truncated backpropagation through time.
 */
public final class MtlLayer extends BaseLayer {

    private static final long serialVersionUID = 1;

    @JsonProperty
    @JsonSerialize(converter = SpecJson.ToTree.class)
    @JsonDeserialize(converter = SpecJson.ToSpec.class)
    private transient LayerSpec spec;

    @JsonProperty
    @JsonSerialize(converter = SpecJson.ToTree.class)
    @JsonDeserialize(converter = SpecJson.ToShape.class)
    private transient Shape input;

    @JsonProperty
    private boolean channelsLast;

    private transient Binding bound;

    /** For Jackson. */
    private MtlLayer() {}

    private MtlLayer(Builder builder) {
        super(builder);
        this.spec = builder.spec;
        this.input = builder.input;
        initializeConstraints(builder);
    }

    /**
     * {@return a configuration whose input is told by the network's input types}
     *
     * @param spec what to compute
     */
    public static MtlLayer of(LayerSpec spec) {
        return builder(spec).build();
    }

    /**
     * {@return a builder}
     *
     * @param spec what to compute
     */
    public static Builder builder(LayerSpec spec) {
        return new Builder(spec);
    }

    /** {@return what is computed} */
    public LayerSpec spec() {
        return spec;
    }

    /** {@return the shape of an example, in this library's order; empty until it is told} */
    public Optional<Shape> input() {
        return Optional.ofNullable(input);
    }

    /** {@return whether DL4J's arrays have the channels or features as the last dimension} */
    boolean channelsLast() {
        return channelsLast;
    }

    /** {@return the layer for its input; empty until that is told} */
    Optional<Binding> binding() {
        if (bound == null && input != null) {
            bound = Binding.of(spec, input);
        }
        return Optional.ofNullable(bound);
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        Binding binding = binding()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "layer \"" + getLayerName() + "\": " + spec
                                        + " does not know its input; set the input types of the network, or input(shape) of the layer"));
        if (getWeightNoise() != null) {
            throw new IllegalStateException("layer \"" + getLayerName() + "\": weight noise " + getWeightNoise()
                    + "; only DL4J's own layers can add noise to weights, so set it for them alone");
        }
        BridgedLayer layer = new BridgedLayer(
                configuration, type, binding, parameters, initializer().init(configuration, parameters, initialize));
        layer.setListeners(listeners);
        layer.setIndex(index);
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return MtlParamInitializer.INSTANCE;
    }

    @Override
    public void setNIn(InputType type, boolean override) {
        channelsLast = Formats.channelsLast(type);
        boolean tokens = input instanceof Shape.Tokens;
        if (!tokens && (override || input == null)) {
            input = Formats.shape(type, getLayerName());
            bound = null;
        }
    }

    @Override
    public InputType getOutputType(int index, InputType type) {
        Shape shape = input instanceof Shape.Tokens ? input : Formats.shape(type, getLayerName());
        return Formats.type(Binding.of(spec, shape).layer().outputShape(), type);
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType type) {
        return type instanceof InputTypeConvolutionalFlat flat
                ? new FeedForwardToCnnPreProcessor(flat.getHeight(), flat.getWidth(), flat.getDepth())
                : null;
    }

    @Override
    public IUpdater getUpdaterByParam(String name) {
        return binding().flatMap(b -> b.parameter(name)).isPresent() ? super.getUpdaterByParam(name) : new NoOp();
    }

    @Override
    public List<Regularization> getRegularizationByParam(String name) {
        List<Regularization> all = new ArrayList<>();
        Optional.ofNullable(super.getRegularizationByParam(name)).ifPresent(all::addAll);
        binding().flatMap(b -> b.parameter(name)).map(Parameter::penalty).ifPresent(penalty -> {
            if (penalty.l1() > 0) {
                all.add(new L1Regularization(penalty.l1()));
            }
            if (penalty.l2() > 0) {
                all.add(new L2Regularization(penalty.l2()));
            }
        });
        return all;
    }

    @Override
    public boolean isPretrainParam(String name) {
        return false;
    }

    /** {@return the memory of parameters and updaters; what the layer takes while it works is not known} */
    @Override
    public LayerMemoryReport getMemoryReport(InputType type) {
        long trained = binding().map(Binding::trainedLength).orElse(0L);
        long state = getIUpdater() == null ? 0 : getIUpdater().stateSize(trained);
        return new LayerMemoryReport.Builder(getLayerName(), MtlLayer.class, type, getOutputType(-1, type))
                .standardMemory(initializer().numParams(this), state)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof MtlLayer that
                && spec.equals(that.spec)
                && Objects.equals(input, that.input)
                && channelsLast == that.channelsLast;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), spec, input, channelsLast);
    }

    @Override
    public String toString() {
        return "MtlLayer(" + spec + ")";
    }

    /** Records need not be serializable, so Java's serialization writes the JSON. */
    private Object writeReplace() {
        try {
            return new Written(NeuralNetConfiguration.mapper().writeValueAsString(this));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Written(String json) implements Serializable {
        private Object readResolve() {
            try {
                return NeuralNetConfiguration.mapper().readValue(json, Layer.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Builds a configuration; what is not set comes from the network's. */
    @SuppressWarnings("unchecked") // DL4J lets the caller of build() choose the type, and there is only this one
    public static final class Builder extends BaseLayer.Builder<Builder> {

        private final LayerSpec spec;
        private Shape input;

        private Builder(LayerSpec spec) {
            this.spec = Objects.requireNonNull(spec, "spec");
        }

        /**
         * Says what comes in. An input type of the network takes its place, except that {@link Shape.Tokens} stay.
         *
         * @param shape the shape of an example
         * @return this builder
         */
        public Builder input(Shape shape) {
            this.input = Objects.requireNonNull(shape, "shape");
            return this;
        }

        /**
         * {@return the configuration}
         *
         * @throws IllegalStateException if something was set that belongs to the {@link LayerSpec}
         */
        @Override
        public MtlLayer build() {
            if (activationFn != null || weightInitFn != null || !Double.isNaN(biasInit) || !Double.isNaN(gainInit)) {
                throw new IllegalStateException("DL4J layer: activation or initialisation set beside " + spec
                        + "; they belong to that description, so set them there");
            }
            if (input == null
                    && (allParamConstraints != null || weightConstraints != null || biasConstraints != null)) {
                throw new IllegalStateException("DL4J layer: constraints set, but not the input of " + spec
                        + ", which tells the parameters that they hold for; set input(shape) too");
            }
            return new MtlLayer(this);
        }
    }
}
