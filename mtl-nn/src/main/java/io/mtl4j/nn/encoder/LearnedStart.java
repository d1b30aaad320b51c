package io.mtl4j.nn.encoder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Seed;
import io.mtl4j.nn.layer.StartValues;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the parameters of a part of a model start: with what was learned before, as by a language model, or drawn from the
 * model's seed.
 *
 * <p>Learned values are not written to JSON, where every start is {@code "drawn"}: a model file has the parameters beside it.
 */
public final class LearnedStart {

    private static final LearnedStart DRAWN = new LearnedStart(Optional.empty());
    private static final String JSON = "drawn";

    private final Optional<Map<String, StartValues>> learned;

    private LearnedStart(Optional<Map<String, StartValues>> learned) {
        this.learned = learned;
    }

    /** {@return a start that is drawn from the model's seed} */
    public static LearnedStart drawn() {
        return DRAWN;
    }

    /**
     * {@return a start with values that were learned}
     *
     * @param parameters the values by the names that the parameters have inside the part; copied
     */
    public static LearnedStart of(Map<String, INDArray> parameters) {
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            return reading(parameters.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey,
                            entry -> new Kept(entry.getValue().dup('c')))));
        }
    }

    /**
     * {@return a start with values that are read when a model is made}
     *
     * @param parameters where the values come from, by the names that the parameters have inside the part
     */
    public static LearnedStart reading(Map<String, ? extends StartValues> parameters) {
        return new LearnedStart(Optional.of(Map.copyOf(parameters)));
    }

    /**
     * {@return the start of one part of the part}
     *
     * @param child what the names of its parameters begin with, without the dot behind it
     */
    public LearnedStart part(String child) {
        String prefix = child + '.';
        return new LearnedStart(learned.map(values -> values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toUnmodifiableMap(
                        entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue))));
    }

    /** {@return whether the values were learned} */
    public boolean isLearned() {
        return learned.isPresent();
    }

    /**
     * {@return a view of a binder whose parameters start so}
     *
     * @param binder the binder of the part
     */
    public Binder view(Binder binder) {
        return learned.map(binder::startingWith).orElse(binder);
    }

    private record Kept(INDArray numbers) implements StartValues {

        @Override
        public INDArray values(Seed seed) {
            return numbers;
        }
    }

    /** {@return how the start is written} */
    @JsonValue
    String json() {
        return JSON;
    }

    /**
     * {@return a start that is drawn}
     *
     * @param json how it was written
     */
    @JsonCreator
    static LearnedStart fromJson(String json) {
        if (!JSON.equals(json)) {
            throw new IllegalArgumentException("learned start: \"" + json + "\"; it must be \"" + JSON + "\"");
        }
        return DRAWN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LearnedStart that && learned.equals(that.learned);
    }

    @Override
    public int hashCode() {
        return Objects.hash(learned.isPresent());
    }

    @Override
    public String toString() {
        return isLearned() ? "learned" : JSON;
    }
}
