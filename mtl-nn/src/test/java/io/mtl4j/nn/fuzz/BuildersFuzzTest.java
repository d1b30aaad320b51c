package io.mtl4j.nn.fuzz;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.aggregation.Aggregations;
import io.mtl4j.aggregation.Aggregator;
import io.mtl4j.data.Sampling;
import io.mtl4j.data.Samplings;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.encoder.Encoders;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.head.Tasks;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Architecture;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.Network;
import io.mtl4j.nn.sharing.Sharing;
import io.mtl4j.nn.sharing.Sharings;
import io.mtl4j.weighting.LossWeighting;
import io.mtl4j.weighting.Weightings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Builders given any numbers make what can be built, or refuse by a message. */
class BuildersFuzzTest {

    private static final List<Shape> SHAPES =
            List.of(Shape.vector(3), Shape.image(1, 8, 8), Shape.image(3, 1, 5), Shape.sequence(4), Shape.tokens(7));

    @Test
    void anyEncoderSharingAndHeadsFitTogetherOrAreRefused() {
        int bound = 0;
        int refused = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            RandomCalls calls = new RandomCalls(new SplittableRandom(seed));
            Optional<Encoder> encoder = calls.make(Encoders.class, Encoder.class);
            Optional<Sharing> sharing = calls.make(Sharings.class, Sharing.class);
            List<TaskHead> heads = new ArrayList<>();
            for (int k = 0; k < 2; k++) {
                calls.make(Tasks.class, TaskHead.class).ifPresent(h -> heads.add(calls.refine(h, TaskHead.class, 3)));
            }
            if (encoder.isEmpty() || sharing.isEmpty() || heads.isEmpty()) {
                continue;
            }
            Encoder refined = calls.refine(encoder.get(), Encoder.class, 4);
            Shape shape = SHAPES.get(seed % SHAPES.size());
            if (binds(seed, shape, refined, sharing.get(), heads)) {
                bound++;
            } else {
                refused++;
            }
        }
        assertTrue(bound > 100 && refused > 100, bound + " bound, " + refused + " refused");
    }

    private static boolean binds(int seed, Shape shape, Encoder encoder, Sharing sharing, List<TaskHead> heads) {
        try {
            Architecture architecture = new Architecture(
                    List.of(new InputSpec(MultiTaskModel.DEFAULT_INPUT, shape, Chain.of())),
                    encoder,
                    sharing,
                    List.copyOf(heads));
            assertTrue(Network.parameterCount(architecture) > 0);
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            assertNotNull(e.getMessage(), "seed " + seed);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ": " + shape + ", " + encoder + ", " + sharing + ", " + heads, e);
        }
    }

    @Test
    void anyNumbersMakeAMethodOrAreRefused() {
        for (int seed = 0; seed < 10_000; seed++) {
            RandomCalls calls = new RandomCalls(new SplittableRandom(seed));
            calls.make(Weightings.class, LossWeighting.class).ifPresent(made -> assertNotNull(made.toString()));
            calls.make(Aggregations.class, Aggregator.class).ifPresent(made -> assertNotNull(made.toString()));
            calls.make(Samplings.class, Sampling.class).ifPresent(made -> assertNotNull(made.toString()));
        }
    }
}
