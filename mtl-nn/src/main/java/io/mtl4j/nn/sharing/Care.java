package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention between the tasks' branches: each task has a branch on the encoder's output, the common context, and looks for
 * what matches its features among all branches and in the context itself, to enrich them with it. With the context c of d
 * features, at each position of it by itself:
 *
 * <pre>{@code
 * f_k = relu(c W_k + b_k)             branch of task k;  f_(K+1) = c
 * q_k = f_k Q_k + e_k                 what task k looks for
 * m_j = f_j M                         what is to match it, for all branches and the context
 * v_j = f_j V + w                     what is taken where it does
 * p_k = softmax over j of (q_k · m_j / sqrt(d / h))
 * representation_k = f_k + sum over j of p_kj v_j
 * }</pre>
 *
 * <p>q, m and v are cut into h heads that each have a softmax, as in multi-head attention (Vaswani et al., NeurIPS 2017),
 * but among tasks and not among positions: steps of a sequence, or pixels of a picture, do not mix. So the representation
 * has the form of the encoder's output, and any encoder will do.
 *
 * <p>Encoder, branches, M and V are shared, since what one branch holds reaches all tasks that look at it; {@code Q_k} and
 * {@code e_k} belong to their task. All branches run, whichever tasks are wanted.
 *
 * @param heads h, a divisor of the number of features, or channels, of the encoder's output
 */
public record Care(int heads) implements Sharing {

    /** Checks the value. */
    public Care {
        Require.atLeast("care: heads", heads, 1);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        Layer shared = encoder.bind(input, binder);
        int d = features(shared.outputShape());
        if (d % heads != 0) {
            throw new IllegalArgumentException("care: " + heads + " heads for " + d
                    + " features; the number of heads must divide the number of features");
        }
        List<Layer> branches = new ArrayList<>();
        List<Layer> queries = new ArrayList<>();
        Binder above = binder.dataInput(false);
        for (int k = 0; k < tasks.size(); k++) {
            Binder scope = above.child("task:" + tasks.get(k));
            branches.add(dense(d, Activation.RELU, Initializer.HE_UNIFORM, scope.child("branch")));
            queries.add(linear(d, scope.child("query").ownedBy(k)));
        }
        CareAttention attention = new CareAttention(
                heads,
                List.copyOf(queries),
                Projection.bind(d, above.child("match")),
                linear(d, above.child("value")),
                binder.slot());
        return new CareTrunk(shared, tasks, List.copyOf(branches), attention, binder.slot());
    }

    private static int features(Shape shape) {
        long[] sizes = shape.dimensions();
        return (int) (shape instanceof Shape.Image ? sizes[0] : sizes[sizes.length - 1]);
    }

    private static Layer linear(int d, Binder scope) {
        return dense(d, Activation.IDENTITY, Initializer.GLOROT_UNIFORM, scope);
    }

    /** Works on rows, whatever they are rows of. */
    private static Layer dense(int d, Activation activation, Initializer start, Binder scope) {
        return new Dense(d, activation, start).bind(Shape.vector(d), scope);
    }
}
