package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Progressive layered extraction: levels of customized gate control ({@link Cgc}), one on top of the other. An expert of a
 * level is a copy of a part of the encoder: level 1 has its first {@linkplain Encoder#stages stages}, the last level its last
 * ones. With m shared experts {@code S_i} and n experts {@code T_ki} of task k, level j computes from {@code g_k} and {@code
 * g_s}, which are the input x at level 1 and what the level below made elsewhere:
 *
 * <pre>{@code
 * p_k = softmax(W_k g_k + b_k)    [batch, m + n]
 * p_s = softmax(W_s g_s + b_s)    [batch, m + K n], not at the last level
 * task k:   sum over i of p_ki S_i(g_s) + sum over i of p_k(m+i) T_ki(g_k)
 * shared:   sum over i of p_si S_i(g_s) + sum over all tasks l and i of p_s(...) T_li(g_l)
 * }</pre>
 *
 * <p>(Tang et al., "Progressive Layered Extraction (PLE): A Novel Multi-Task Learning Model for Personalized
 * Recommendations", RecSys 2020, equations 4 to 6 and figure 5.) What a gate reads is said at {@link Mmoe}. Deviation from
 * the paper: its gates have no biases.
 *
 * <p>At the last level a task's experts belong to that task. Further down, the shared gate hands what they make to the
 * shared experts above, so all tasks train them, and they count as shared; so do the gates of tasks below the last two
 * levels. Where the encoder has one stage, or {@code levels} is 1, this is {@link Cgc}.
 *
 * @param sharedExperts m, for each level
 * @param taskExperts n, for each level
 * @param levels number of levels; the encoder's stages are dealt out evenly, later levels get one more where they don't
 *     divide; 0 makes a level of every stage
 */
public record Ple(int sharedExperts, int taskExperts, int levels) implements Sharing {

    /** Checks the values. */
    public Ple {
        Require.copies("ple: sharedExperts", sharedExperts, 1);
        Require.copies("ple: taskExperts", taskExperts, 1);
        Require.copies("ple: levels", levels, 0);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        List<LayerSpec> parts = StageGroups.of("ple", encoder, input, levels);
        int count = parts.size();
        List<Level> bound = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < count; i++) {
            String prefix = count == 1 ? "" : "level " + (i + 1) + ": ";
            LevelPlan plan = new LevelPlan(parts.get(i), sharedExperts, taskExperts, i == 0, count - 1 - i, prefix);
            Binder scope = binder.child("level" + (i + 1)).dataInput(i == 0 && !binder.inputNeedsGradient());
            Level level = plan.bind(shape, tasks, scope);
            shape = level.outputShape();
            bound.add(level);
        }
        return new ExpertTrunk(List.copyOf(bound));
    }
}
