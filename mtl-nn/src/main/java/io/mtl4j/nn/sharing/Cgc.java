package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.util.List;

/**
 * Customized gate control: experts that serve all tasks and experts that serve one, each a copy of the encoder with
 * parameters of its own. The gate of task k chooses, example by example, among the m shared experts {@code S_i} and its n own
 * experts {@code T_ki}:
 *
 * <pre>{@code
 * p_k = softmax(W_k x + b_k)                                                        [batch, m + n]
 * representation_k = sum over i of p_ki S_i(x) + sum over i of p_k(m+i) T_ki(x)
 * }</pre>
 *
 * <p>(Tang et al., "Progressive Layered Extraction (PLE): A Novel Multi-Task Learning Model for Personalized
 * Recommendations", RecSys 2020, equations 1 to 3.) What a gate reads is said at {@link Mmoe}. Deviation from the paper: its
 * gates have no {@code b_k}.
 *
 * <p>Shared experts belong to all tasks; a task's experts and its gate belong to that task: its loss alone trains them, no
 * method for gradients of several tasks sees them, and a pass without the task skips them.
 *
 * @param sharedExperts m
 * @param taskExperts n
 */
public record Cgc(int sharedExperts, int taskExperts) implements Sharing {

    /** Checks the values. */
    public Cgc {
        Require.copies("cgc: sharedExperts", sharedExperts, 1);
        Require.copies("cgc: taskExperts", taskExperts, 1);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        LevelPlan plan = LevelPlan.single(encoder, sharedExperts, taskExperts);
        return new ExpertTrunk(List.of(plan.bind(input, tasks, binder)));
    }
}
