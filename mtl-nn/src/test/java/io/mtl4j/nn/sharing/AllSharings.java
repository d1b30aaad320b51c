package io.mtl4j.nn.sharing;

import io.mtl4j.nn.sharing.SharedModels.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every way of sharing, once, as the tests of all of them run it: for the tasks "a" and "b" of {@link SharedModels}. */
public final class AllSharings {

    private AllSharings() {}

    /** Copies of the encoder that gates mix. */
    public static Stream<Sharing> experts() {
        return Stream.of(
                Sharings.mmoe(1),
                Sharings.mmoe(3),
                Sharings.cgc(1, 1),
                Sharings.cgc(2, 2),
                Sharings.ple(1, 1),
                Sharings.dselectK(3, 2).gamma(0.8).entropy(0.3),
                Sharings.dselectK(4, 2).entropy(0.3).perExample(),
                Sharings.branching(2).annealed(0.7, 0.7, 1),
                Sharings.care(1));
    }

    /** Stages of encoders that tasks exchange, mask or extend. */
    public static Stream<Sharing> towers() {
        return Stream.of(
                Sharings.hard(),
                Sharings.soft(0.1),
                Sharings.crossStitch(),
                Sharings.crossStitch().perChannel(),
                Sharings.sluice(1),
                Sharings.sluice(2).orthogonality(0.5),
                Sharings.hierarchical().tap("a", 1),
                Sharings.hierarchical().tap("a", 1).feed("a", "b"),
                Sharings.mtan(),
                Sharings.adapters(2),
                Sharings.adapters(2).frozen());
    }

    public static Stream<Sharing> all() {
        return Stream.concat(experts(), towers());
    }

    /** Pairs of an encoder and a way of sharing that takes it. */
    public static Stream<Arguments> with(List<Trial> trials) {
        return all().flatMap(sharing -> trials.stream().map(trial -> Arguments.of(trial, sharing)));
    }

    /** A third of all pairs, with every encoder and every way of sharing among them. */
    public static Stream<Arguments> withSome(List<Trial> trials) {
        List<Sharing> sharings = all().toList();
        List<Arguments> pairs = new ArrayList<>();
        for (int i = 0; i < sharings.size(); i++) {
            for (int j = i % 3; j < trials.size(); j += 3) {
                pairs.add(Arguments.of(trials.get(j), sharings.get(i)));
            }
        }
        return pairs.stream();
    }
}
