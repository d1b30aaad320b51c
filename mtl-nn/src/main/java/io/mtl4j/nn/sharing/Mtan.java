package io.mtl4j.nn.sharing;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Multi-task attention network: all tasks share the encoder, and each has an attention module for every one of its
 * {@linkplain Encoder#stages stages}, a mask that lets pass what the task needs:
 *
 * <pre>{@code
 * m_l = sigmoid(h_l(relu(g_l([p_l; f_l(a_(l-1))]))))     a_l = m_l p_l     representation = a_L
 * }</pre>
 *
 * <p>where {@code p_l} is what stage l computes, {@code [;]} puts features side by side, and the first stage has no {@code
 * a_0} (Liu, Johns and Davison, "End-to-End Multi-Task Learning with Attention", CVPR 2019, equations 1 and 2). For pictures,
 * g and h are convolutions of 1 x 1 and f is one of 3 x 3 with ReLU and max pooling to the next stage's size, each with batch
 * normalisation, as in the paper; where no pooling leads to that size, pictures are resized. For vectors and sequences all
 * three are dense layers without normalisation; where a stage turns sequences into vectors, f takes the mean of the steps.
 *
 * <p>Deviations from the paper: a stage of ours has one output, so that {@code p_l} takes the place of the features within
 * the stage that the paper's mask reads as well, and it stands behind the stage's pooling. The stages are shared, masks belong
 * to their task. {@link Trunk#choices} tells the masks, as means over pixels or steps.
 */
public record Mtan() implements Sharing {

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        List<LayerSpec> stages = encoder.stages(input);
        Wiring wiring = new Wiring();
        List<Integer> attended = List.of();
        int at = Wiring.INPUT;
        for (int i = 0; i < stages.size(); i++) {
            at = wiring.layer("stage" + i, stages.get(i), at);
            attended = attend(wiring, tasks, i, at, attended);
        }
        return wiring.bind(input, attended, binder);
    }

    private static List<Integer> attend(Wiring wiring, List<String> tasks, int stage, int at, List<Integer> before) {
        return IntStream.range(0, tasks.size())
                .mapToObj(k -> wiring.join(
                        "task:" + tasks.get(k) + ".attention" + stage,
                        new Attention(tasks.get(k) + " at stage " + (stage + 1)),
                        stage == 0 ? List.of(at) : List.of(at, before.get(k))))
                .toList();
    }
}
