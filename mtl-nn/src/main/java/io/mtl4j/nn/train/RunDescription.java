package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.model.MultiTaskModel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Describes a training in words, so that people can tell one from another and repeat it. */
final class RunDescription {

    /** What a lambda and a class without {@code toString} say of themselves, which means nothing to people. */
    private static final Pattern ADDRESS = Pattern.compile("@[0-9a-f]{1,8}\\b");

    /** What a value without parts says of them, and a setting of DL4J that is not set. */
    private static final Pattern NOTHING = Pattern.compile("\\[]|, \\w+=null");

    private RunDescription() {}

    /**
     * Describes a training.
     *
     * @param validation null for none
     */
    static TrainingEvent.Described of(
            MultiTaskModel model, TrainingConfig config, MultiTaskData train, MultiTaskData validation) {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        facts.put("Training", training(config));
        facts.put("Model", model(model));
        facts.put("Data", data(config, train, validation));
        facts.put("Software", Provenance.software());
        facts.put("Machine", Provenance.machine());
        return new TrainingEvent.Described(model.tasks(), facts);
    }

    private static Map<String, String> training(TrainingConfig config) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("weighting", config.weighting().name());
        facts.put("aggregation", config.aggregation().map(a -> a.name()).orElse("none"));
        facts.put("optimizer", words(config.optimizer()));
        facts.put("learning rate", words(config.learningRate()));
        if (!config.learningRates().equals(LearningRates.SAME)) {
            facts.put("learning rates of parts", words(config.learningRates()));
        }
        facts.put("schedule", config.schedule().name());
        facts.put("epochs", "" + config.epochs());
        facts.put("batch size", batchSize(config));
        facts.put("sampling", words(config.sampling()));
        facts.put("clipping", words(config.clipping()));
        facts.put(
                "early stopping",
                config.earlyStopping().map(RunDescription::words).orElse("none"));
        facts.put("penalties", "" + config.penalties().size());
        facts.put(
                "transform of batches", config.transform() == BatchTransform.NONE ? "none" : words(config.transform()));
        facts.put(
                "checkpoints", config.checkpoints().map(c -> "in " + c.folder()).orElse("none"));
        facts.put("on divergence", words(config.onDivergence()));
        facts.put("seed", "" + config.seed());
        return facts;
    }

    private static String batchSize(TrainingConfig config) {
        StringBuilder text = new StringBuilder("" + config.batchSize());
        new TreeMap<>(config.batchSizes())
                .forEach((input, size) ->
                        text.append("; ").append(size).append(" of ").append(input));
        return text.toString();
    }

    private static Map<String, String> model(MultiTaskModel model) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("sharing", words(model.architecture().sharing()));
        facts.put("parameters", number(model.parameterCount()));
        facts.put("shared parameters", number(model.sharedParameterCount()));
        facts.put("data type", model.network().type().name());
        facts.put("seed", "" + model.seed());
        facts.put("layers", model.summary());
        return facts;
    }

    private static Map<String, String> data(TrainingConfig config, MultiTaskData train, MultiTaskData validation) {
        Map<String, String> facts = new LinkedHashMap<>();
        sources("training", train, config.execution().isHere(), facts);
        if (validation != null) {
            sources("validation", validation, true, facts);
        }
        config.heldOut().ifPresent(heldOut -> sources("held out", heldOut, true, facts));
        return facts;
    }

    private static void sources(String part, MultiTaskData data, boolean here, Map<String, String> facts) {
        for (DataSource source : data.sources()) {
            Set<String> tasks = new TreeSet<>(source.tasks());
            facts.put(
                    part + ", " + source.input(),
                    number(source.size()) + " examples with labels of "
                            + (tasks.isEmpty() ? "no task" : String.join(", ", tasks))
                            + (here ? "; fingerprint " + DataFingerprint.of(source) : ", on other machines"));
        }
    }

    /** What a setting says of itself, or else the name of its class. */
    static String words(Object setting) {
        String text = String.valueOf(setting);
        if (!ADDRESS.matcher(text).find()) {
            return NOTHING.matcher(text).replaceAll("");
        }
        return setting.getClass().isHidden()
                ? "of the application"
                : setting.getClass().getSimpleName();
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
