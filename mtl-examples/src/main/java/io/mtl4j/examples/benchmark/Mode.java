package io.mtl4j.examples.benchmark;

import io.mtl4j.nn.train.TrainerBuilder;
import io.mtl4j.weighting.Weightings;
import java.util.Locale;

/** How the tasks' losses become one update. */
enum Mode {
    /** The sum of the losses, one backward pass. */
    SUM,
    /** The gradient of each task, their Gramian and a combination. */
    JAC;

    /** {@return the name as users write it} */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Sets a trainer to this mode. */
    TrainerBuilder apply(TrainerBuilder trainer) {
        return switch (this) {
            case SUM -> trainer.weighting(Weightings.equal());
            case JAC -> trainer.aggregation(new RowSumSoftmax());
        };
    }
}
