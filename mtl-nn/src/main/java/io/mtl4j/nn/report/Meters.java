package io.mtl4j.nn.report;

import io.micrometer.core.instrument.Metrics;
import io.mtl4j.event.TrainingListener;
import io.mtl4j.nn.model.Predictor;

/**
 * Meters in Micrometer's global registry, for applications that feed that one and need not name it. They say what to do
 * where Micrometer is missing.
 */
public final class Meters {

    private Meters() {}

    /**
     * {@return a {@link MicrometerListener} of the global registry}
     *
     * @param model what tells this model's meters from those of others
     * @throws IllegalStateException if Micrometer is not on the class path
     */
    public static TrainingListener training(String model) {
        try {
            return Global.training(model);
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    /**
     * {@return a {@link Metered} predictor of the global registry}
     *
     * @param predictor what answers, such as a model or an ensemble
     * @param model what tells this predictor's meters from those of others
     * @throws IllegalStateException if Micrometer is not on the class path
     */
    public static Predictor predictions(Predictor predictor, String model) {
        try {
            return Global.predictions(predictor, model);
        } catch (NoClassDefFoundError e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(NoClassDefFoundError cause) {
        return new IllegalStateException(
                "meters: Micrometer is not on the class path; add the dependency io.micrometer:micrometer-core to the"
                        + " application",
                cause);
    }

    /** All that needs Micrometer: a class of its own, since classes are linked as a whole. */
    private static final class Global {

        static TrainingListener training(String model) {
            return MicrometerListener.of(Metrics.globalRegistry, model);
        }

        static Predictor predictions(Predictor predictor, String model) {
            return Metered.of(predictor, Metrics.globalRegistry, model);
        }
    }
}
