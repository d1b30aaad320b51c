package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Activation;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Frozen;
import io.mtl4j.nn.layer.Initializer;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Padding;
import io.mtl4j.nn.layer.Residual;
import io.mtl4j.nn.layer.Shape;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adapters: one encoder for all tasks, and behind each of its {@linkplain Encoder#stages stages} a small residual block for
 * each task, so that a task costs few parameters more:
 *
 * <pre>{@code
 * y = x + relu(x D + d) U + u         D [features, bottleneck], U [bottleneck, features]
 * }</pre>
 *
 * <p>(Houlsby et al., "Parameter-Efficient Transfer Learning for NLP", ICML 2019, section 2.1.) U starts at 0, so that the
 * model starts as {@link HardSharing}. Vectors, each step of sequences, and each pixel of pictures (by convolutions of 1 x 1,
 * as in Rebuffi et al., "Efficient Parametrization of Multi-domain Deep Neural Networks", CVPR 2018) go through the block.
 * Deviations from the paper: adapters stand behind whole stages, such as the blocks of a transformer, not inside them; U is
 * 0, not nearly 0.
 *
 * <p>Adapters belong to their task, the encoder to all. As the tasks part behind the first stage, all stages but that are
 * computed once for each task. {@link #frozen()} leaves the encoder as it starts, which makes sense if it starts with weights
 * from elsewhere.
 *
 * @param bottleneck features between D and U, at least 1
 * @param encoderFrozen whether the encoder's parameters keep the values they start with
 */
public record Adapters(int bottleneck, boolean encoderFrozen) implements Sharing {

    /** Checks the value. */
    public Adapters {
        Require.atLeast("adapters: bottleneck", bottleneck, 1);
    }

    /** {@return these adapters on an encoder that is not trained} */
    public Adapters frozen() {
        return new Adapters(bottleneck, true);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        List<LayerSpec> stages = encoder.stages(input);
        Wiring wiring = new Wiring();
        List<Integer> at = List.of();
        for (int i = 0; i < stages.size(); i++) {
            String name = "stage" + i;
            LayerSpec stage = encoderFrozen ? new Frozen(stages.get(i)) : stages.get(i);
            List<Integer> outputs = at.isEmpty()
                    ? Collections.nCopies(tasks.size(), wiring.layer(name, stage, Wiring.INPUT))
                    : at.stream().map(from -> wiring.layer(name, stage, from)).toList();
            at = adapt(wiring, tasks, i, outputs);
        }
        return wiring.bind(input, at, binder);
    }

    private List<Integer> adapt(Wiring wiring, List<String> tasks, int stage, List<Integer> outputs) {
        return IntStream.range(0, tasks.size())
                .mapToObj(k -> wiring.layer(
                        "task:" + tasks.get(k) + ".adapter" + stage, new Block(bottleneck), outputs.get(k)))
                .toList();
    }

    /** One adapter. */
    private record Block(int bottleneck) implements LayerSpec {

        @Override
        public Layer bind(Shape input, Binder binder) {
            LayerSpec body = Chain.of(
                    map(input, bottleneck, Activation.RELU, Initializer.HE_NORMAL),
                    map(input, Features.count(input), Activation.IDENTITY, Initializer.ZEROS));
            return new Residual(body, Activation.IDENTITY, Initializer.ZEROS, false).bind(input, binder);
        }

        private static LayerSpec map(Shape at, int features, Activation activation, Initializer start) {
            return at instanceof Shape.Image
                    ? new Conv2d(features, 1, 1, 1, Padding.SAME, true, activation, start)
                    : new Dense(features, activation, start);
        }
    }
}
