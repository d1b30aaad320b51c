package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * DSelect-k: experts as in {@link Mmoe}, of which each task takes at most k, chosen by gates that are smooth and yet sparse.
 * A gate has k selectors. Selector t has m = ⌈log2 n⌉ numbers {@code z_t} that spell an expert's number in binary, and a
 * weight; with the smooth-step function S and bit j of i:
 *
 * <pre>{@code
 * S(z) = 0 up to -gamma/2, 1 from gamma/2 on, and -2 z^3 / gamma^3 + 3 z / (2 gamma) + 1/2 between
 * r_ti = product over j of (S(z_tj) where bit j of i is 1, else 1 - S(z_tj))     [k, n]
 * p    = sum over t of softmax(alpha)_t r_t                                      [n]
 * representation = sum over i of p_i E_i(x)
 * }</pre>
 *
 * <p>(Hazimeh et al., "DSelect-k: Differentiable Selection in the Mixture of Experts with Applications to Multi-Task
 * Learning", NeurIPS 2021, equations 2 to 6.) A selector begins near the middle and ends where all of its S are 0 or 1, so
 * that {@code r_t} is exactly one expert. Two terms join the training loss, once a step, outside of all tasks' losses:
 * {@code entropy * sum over t of H(r_t)} (section 3.3), with H the entropy in nats, which hurries selectors to a decision;
 * and, where n is no power of 2, so that some of the 2^m codes name no expert, {@code sum over t of 1 / sum over i of r_ti},
 * which keeps selectors away from them (the paper's appendix on other numbers of experts).
 *
 * <p>Static gates, the default, have alpha and z as parameters: all examples of a task take the same experts. Gates by
 * example compute them from the input, {@code [alpha, z] = W x + b}, where x is what {@link Mmoe}'s gates read, and both
 * terms are means over the examples.
 *
 * <p>Experts are shared, gates belong to their tasks. All experts run, chosen or not. Deviations from the paper: the last
 * term is {@code 1 / (sum + 0.001)}, which is finite everywhere; the terms are means and not sums over examples; W starts
 * normal with deviation 0.02. Static z start uniform in ±gamma/100 and alpha in ±0.05, as its authors' program has them.
 *
 * @param experts n, at least 2
 * @param selected k, from 1 to n
 * @param gamma width of the smooth step, positive: what is within gamma/2 of 0 is undecided
 * @param entropy coefficient of the entropies, at least 0
 * @param byExample whether gates read the example
 */
public record DSelectK(int experts, int selected, double gamma, double entropy, boolean byExample) implements Sharing {

    /** Checks the values. */
    public DSelectK {
        Require.copies("dselectK: experts", experts, 2);
        Require.atLeast("dselectK: selected", selected, 1);
        if (selected > experts) {
            throw new IllegalArgumentException("dselectK: selected = " + selected + " of " + experts
                    + " experts; it must be at most their number");
        }
        Require.positive("dselectK: gamma", gamma);
        Require.nonNegative("dselectK: entropy", entropy);
    }

    /**
     * {@return the same with another width of the smooth step}
     *
     * @param width gamma, positive
     */
    public DSelectK gamma(double width) {
        return new DSelectK(experts, selected, width, entropy, byExample);
    }

    /**
     * {@return the same with another coefficient of the selectors' entropies}
     *
     * @param coefficient at least 0
     */
    public DSelectK entropy(double coefficient) {
        return new DSelectK(experts, selected, gamma, coefficient, byExample);
    }

    /** {@return the same with gates that read the example} */
    public DSelectK perExample() {
        return new DSelectK(experts, selected, gamma, entropy, true);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        List<Expert> copies = new ArrayList<>();
        for (int i = 0; i < experts; i++) {
            copies.add(new Expert(encoder.bind(input, binder.child("expert" + i)), 0));
        }
        List<Gate> gates = new ArrayList<>();
        for (int k = 0; k < tasks.size(); k++) {
            Binder own = binder.child("task:" + tasks.get(k)).ownedBy(k).child("gate");
            gates.add(new Gate(tasks.get(k), selectors(input, own), 0, k));
        }
        List<Integer> all = IntStream.range(0, experts).boxed().toList();
        List<String> sources = all.stream().map(i -> "expert " + i).toList();
        Mixture mixture = new Mixture(all, sources, List.copyOf(gates), false, binder.slot());
        return new ExpertTrunk(List.of(new Level(List.copyOf(copies), List.of(mixture), 1, tasks.size())));
    }

    private Layer selectors(Shape input, Binder own) {
        if (entropy > 0 || codes().partial()) {
            own.penalizesActivations();
        }
        return new SelectorGate(codes(), entropy, SelectorInput.bind(this, input, own), own.slot());
    }

    SelectorCodes codes() {
        return new SelectorCodes(experts, selected, gamma);
    }
}
