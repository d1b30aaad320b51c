package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerMix;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Vectors of words that depend on the sentence: a language model's layers, mixed with weights that the task learns (ELMo;
 * Peters et al., NAACL 2018, equation 1). {@code [batch, time, 1 + characters]} to {@code [batch, time, 2 d]}, with d features
 * of a word in each direction: what the model makes of the words up to this one, and of this and those behind it. The layer
 * below all LSTMs, which knows no context, is in the mix twice side by side.
 *
 * <p>A value without arrays but for what the language model learned, with which the parameters start; these are not written
 * to files, which have the parameters themselves. So a loaded model needs nothing of the language model, but a description
 * taken out of a loaded model starts anew.
 *
 * <p>The language model's parameters are tuned with the rest, or {@linkplain #freeze kept}. The mix is always learned.
 * Nothing is dropped out in here; put a {@link io.mtl4j.nn.layer.Dropout} behind it for that.
 *
 * @param model the language model
 * @param frozen whether its parameters stay as they are
 * @param start how its parameters start
 */
public record ContextualEmbedding(BidirectionalLanguageModel model, boolean frozen, LearnedStart start)
        implements LayerSpec {

    /** Checks the values, and leaves the language model's dropout out. */
    public ContextualEmbedding {
        model = new BidirectionalLanguageModel(model.words(), model.layers(), 0);
        Objects.requireNonNull(start, "start");
    }

    /** {@return this embedding, whose language model keeps its parameters} */
    public ContextualEmbedding freeze() {
        return new ContextualEmbedding(model, true, start);
    }

    @Override
    public Layer bind(Shape input, Binder binder) {
        Binder view = start.view(binder.child("language"));
        Layer layers = model.bind(input, frozen ? view.frozen() : view);
        boolean learns = !frozen && !binder.isFrozen();
        Layer mix = new LayerMix(model.layers() + 1)
                .bind(layers.outputShape(), binder.child("mix").dataInput(!learns));
        return new Bound(layers, mix);
    }

    private record Bound(Layer layers, Layer mix) implements Layer {

        @Override
        public Shape outputShape() {
            return mix.outputShape();
        }

        @Override
        public INDArray forward(INDArray x, Pass pass) {
            return mix.forward(layers.forward(x, pass), pass);
        }

        @Override
        public INDArray backward(INDArray gradient, Pass pass) {
            INDArray below = mix.backward(gradient, pass);
            return below == null ? null : layers.backward(below, pass);
        }
    }
}
