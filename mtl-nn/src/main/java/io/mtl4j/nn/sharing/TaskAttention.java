package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Residual;
import io.mtl4j.nn.layer.SelfAttention;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Task-aware attention: one encoder, whose representation has positions (the steps of a sequence, the pixels of a picture),
 * and for each task a query of its own that says where it looks. With {@code x_t} the d features at position t, and h heads:
 *
 * <pre>{@code
 * p_ki = softmax over t of (x_t · u_ki)                 head i of task k, over the real positions
 * representation_k = concat over i of (sum over t of p_ki,t x_t) V_ki, plus b_k          [batch, d]
 * }</pre>
 *
 * with {@code u_ki [d]} and {@code V_ki [d, d / h]}. This is attention from a learned query (Lee et al., "Set Transformer",
 * ICML 2019, section 3.2: pooling by multihead attention, one seed a task), where queries and keys come together in one
 * vector: as the query is the same for all examples, {@code (q W_q)(x W_k)ᵀ} is x times a vector whatever the two matrices
 * are. Deviation from that paper: no layer normalisation and no feed-forward layer behind the attention.
 *
 * <p>For tasks that answer at every step of a sequence, {@link #everyStep()} gives each task a layer of self-attention
 * instead, {@code representation_k = x + SelfAttention_k(x)}, in which each step has a query of its own ({@link
 * SelfAttention}). Its weights are not among the choices, as there is one set for each step.
 *
 * <p>The encoder is shared; what attends belongs to its task. A vector has no positions, so encoders that give one are
 * refused: end them with {@code everyStep()} or before pictures are flattened or pooled.
 *
 * @param heads h, a divisor of d
 * @param byStep whether tasks get all steps, and not one vector
 */
public record TaskAttention(int heads, boolean byStep) implements Sharing {

    /** Checks the value. */
    public TaskAttention {
        Require.atLeast("task attention: heads", heads, 1);
    }

    /** {@return the same for tasks that answer at every step} */
    public TaskAttention everyStep() {
        return new TaskAttention(heads, true);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        Layer shared = encoder.bind(input, binder);
        int features = features(encoder, shared.outputShape());
        List<Layer> readers = new ArrayList<>();
        for (int k = 0; k < tasks.size(); k++) {
            Binder own = binder.child("task:" + tasks.get(k)).ownedBy(k).dataInput(false);
            readers.add(byStep ? selfAttention(shared.outputShape(), own) : TaskQuery.bind(features, heads, own));
        }
        return new AttentionTrunk(shared, tasks, List.copyOf(readers));
    }

    private Layer selfAttention(Shape shape, Binder own) {
        SelfAttention attention = new SelfAttention(heads, 0, Initializer.GLOROT_UNIFORM);
        return new Residual(attention, Activation.IDENTITY, Initializer.GLOROT_UNIFORM, false).bind(shape, own);
    }

    private int features(Encoder encoder, Shape shape) {
        boolean positions = shape instanceof Shape.Sequence || shape instanceof Shape.Image && !byStep;
        if (!positions) {
            throw new IllegalArgumentException("task attention: the encoder \"" + encoder.kind() + "\" gives " + shape
                    + (byStep
                            ? ", which has no steps; end the encoder with everyStep()"
                            : ", which has no positions to attend to; end the encoder with everyStep(), or with a layer"
                                    + " that gives pictures"));
        }
        int features = (int) (shape instanceof Shape.Image image ? image.channels() : shape.dimensions()[1]);
        if (features % heads != 0) {
            throw new IllegalArgumentException("task attention: " + heads + " heads for " + features
                    + " features; the number of heads must divide the number of features");
        }
        return features;
    }
}
