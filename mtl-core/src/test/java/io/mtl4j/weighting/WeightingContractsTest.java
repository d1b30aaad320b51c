package io.mtl4j.weighting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.grouping.AffinityMeter;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.Group;

/** The contract, for each weighting of the library. */
class WeightingContractsTest {

    @Example
    void everyNameGivesTheWeightingOfThatName() {
        for (String name : Weightings.names()) {
            assertEquals(name, Weightings.byName(name).name());
        }
        String message = assertThrows(IllegalArgumentException.class, () -> Weightings.byName("best"))
                .getMessage();
        assertTrue(message.contains("best") && message.contains("equal") && message.contains("fixed"), message);
    }

    @Group
    class Equal extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.equal();
        }
    }

    @Group
    class Fixed extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.fixed(
                    IntStream.range(0, tasks).mapToDouble(k -> 0.5 + k).toArray());
        }

        @Override
        boolean symmetric() {
            return false;
        }
    }

    @Group
    class InverseLosses extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.inverseLoss();
        }
    }

    @Group
    class NormalizedInverseLosses extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.normalized(Weightings.inverseLoss());
        }
    }

    @Group
    class Uncertainty extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.uncertainty();
        }
    }

    @Group
    class UncertaintyBySgd extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.uncertainty(0, WeightOptimizer.sgd(0.1));
        }
    }

    @Group
    class Dwa extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.dwa();
        }
    }

    @Group
    class Rlw extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.rlw();
        }

        @Override
        boolean symmetric() {
            return false;
        }
    }

    @Group
    class Gls extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.gls();
        }
    }

    @Group
    class ImtlL extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.imtlL();
        }
    }

    @Group
    class FamoWeighting extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.famo();
        }
    }

    @Group
    class NormalizedFamo extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.normalized(Weightings.famo());
        }
    }

    @Group
    class Stch extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.stch();
        }
    }

    @Group
    class GradNormWeighting extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.gradNorm();
        }
    }

    @Group
    class AutoLambdaWeighting extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.autoLambda();
        }
    }

    @Group
    class MomlWeighting extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.moml();
        }
    }

    @Group
    class ForumWeighting extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return Weightings.forum();
        }
    }

    @Group
    class MeasuredDwa extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return AffinityMeter.around(Weightings.dwa()).fromEpoch(0).every(2);
        }
    }

    @Group
    class MeasuredForum extends LossWeightingContract {
        @Override
        LossWeighting create(int tasks) {
            return AffinityMeter.around(Weightings.forum()).fromEpoch(0);
        }
    }
}
