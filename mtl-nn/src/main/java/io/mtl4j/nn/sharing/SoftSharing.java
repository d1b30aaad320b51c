package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Soft parameter sharing: each task has an encoder of its own, and the training loss has a term that pulls the encoders
 * towards each other. For each parameter of the encoder, with the values {@code θ_1 .. θ_K} that the tasks have of it:
 *
 * <pre>{@code
 * DISTANCE     strength * sum over i < j of |θ_i - θ_j|²
 * TRACE_NORM   strength * sum of the singular values of the matrix with the rows θ_1 .. θ_K
 * }</pre>
 *
 * <p>(Duong et al., "Low Resource Dependency Parsing: Cross-lingual Parameter Sharing in a Neural Network Parser", ACL 2015,
 * for two tasks; Yang and Hospedales, "Trace Norm Regularised Deep Multi-Task Learning", ICLR workshop 2017, with the last
 * axis flattening.) A small trace norm makes the encoders combinations of few. It is smoothed near 0, see {@code
 * EncoderTraceNorm}, and it also pulls the parameters towards 0. Deviations from the papers: all parameters of the encoder
 * take part, not some layers, with one coefficient.
 *
 * <p>Every encoder belongs to its task, so no parameters are shared, and methods for gradients of several tasks have nothing
 * to combine: this goes with a loss weighting. The term is no task's loss; it joins the update after the weighting. Running
 * averages of batch normalisations do not take part.
 *
 * @param kind which term
 * @param strength its coefficient, at least 0
 */
public record SoftSharing(Kind kind, double strength) implements Sharing {

    /** What keeps encoders alike. */
    public enum Kind {
        /** The squared distance between each two. */
        DISTANCE,
        /** The trace norm of all together. */
        TRACE_NORM
    }

    /** Checks the values. */
    public SoftSharing {
        Objects.requireNonNull(kind, "kind");
        Require.nonNegative("soft: strength", strength);
    }

    /** {@return the same, with the trace norm as its term} */
    public SoftSharing traceNorm() {
        return new SoftSharing(Kind.TRACE_NORM, strength);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        Wiring wiring = new Wiring();
        List<Integer> encoders = new ArrayList<>();
        tasks.forEach(task -> encoders.add(wiring.layer("task:" + task, encoder, Wiring.INPUT)));
        WiredTrunk trunk = wiring.bind(input, encoders, binder);
        List<List<Parameter>> byTask =
                encoders.stream().map(i -> trunk.nodes().get(i).parameters()).toList();
        List<List<Parameter>> alike = IntStream.range(0, byTask.get(0).size())
                .mapToObj(p -> byTask.stream().map(own -> own.get(p)).toList())
                .filter(parameters -> parameters.get(0).trained())
                .toList();
        binder.penalty(
                kind == Kind.DISTANCE ? new EncoderDistance(strength, alike) : new EncoderTraceNorm(strength, alike));
        return trunk;
    }
}
