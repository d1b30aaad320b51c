package io.mtl4j.nn.encoder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.StartValues;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How the parameters of a {@link ContextualEmbedding} start: with what a language model learned, or drawn from the model's
 * seed.
 *
 * <p>Learned values are not written to JSON, where every start is {@code "drawn"}: a model file has the parameters beside it.
 */
public final class LearnedStart {

    private static final LearnedStart DRAWN = new LearnedStart(Optional.empty());
    private static final String JSON = "drawn";

    private final Optional<Map<String, INDArray>> learned;

    private LearnedStart(Optional<Map<String, INDArray>> learned) {
        this.learned = learned;
    }

    /** {@return a start that is drawn from the model's seed} */
    public static LearnedStart drawn() {
        return DRAWN;
    }

    /**
     * {@return a start with values that were learned}
     *
     * @param parameters the values by the names that the parameters have inside the encoder; copied
     */
    public static LearnedStart of(Map<String, INDArray> parameters) {
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            return new LearnedStart(Optional.of(parameters.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, entry -> entry.getValue().dup('c')))));
        }
    }

    /** {@return whether the values were learned} */
    public boolean isLearned() {
        return learned.isPresent();
    }

    /** {@return a view of a binder whose parameters start so} */
    Binder view(Binder binder) {
        return learned.map(values -> binder.startingWith(values.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> start(entry.getValue())))))
                .orElse(binder);
    }

    private static StartValues start(INDArray values) {
        return seed -> values;
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
            throw new IllegalArgumentException(
                    "contextual embedding: start \"" + json + "\"; it must be \"" + JSON + "\"");
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
