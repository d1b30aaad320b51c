package io.mtl4j.search;

import io.mtl4j.search.SuccessiveHalving.Rung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brackets of successive halving side by side: first the first rung of all, then the second, ... */
final class Brackets implements SearchStrategy.Course {

    private final List<Bracket> brackets = new ArrayList<>();

    Brackets(SearchSpace space, long seed, List<List<Rung>> rungs) {
        int first = 0;
        for (List<Rung> bracket : rungs) {
            List<TrialRun> begin = new ArrayList<>();
            for (int i = 0; i < bracket.get(0).trials(); i++) {
                begin.add(new TrialRun(
                        first + i,
                        RandomSearch.drawn(space, seed, first + i),
                        bracket.get(0).budget()));
            }
            brackets.add(new Bracket(bracket, begin));
            first += begin.size();
        }
    }

    @Override
    public List<TrialRun> next(List<TrialRun.Outcome> last) {
        int from = 0;
        for (Bracket bracket : brackets) {
            int to = last.isEmpty() ? 0 : from + bracket.running.size();
            if (to > from) {
                bracket.promote(last.subList(from, to));
            }
            from = to;
        }
        return brackets.stream().flatMap(bracket -> bracket.running.stream()).toList();
    }

    private static final class Bracket {
        private final List<Rung> rungs;
        private int rung;
        private List<TrialRun> running;

        Bracket(List<Rung> rungs, List<TrialRun> running) {
            this.rungs = rungs;
            this.running = running;
        }

        /** The best go on, of equal ones those that came first; failed ones never do. */
        void promote(List<TrialRun.Outcome> outcomes) {
            rung++;
            running = rung == rungs.size()
                    ? List.of()
                    : outcomes.stream()
                            .filter(outcome -> !outcome.failed())
                            .sorted(Comparator.comparingDouble(TrialRun.Outcome::cost))
                            .limit(rungs.get(rung).trials())
                            .map(TrialRun.Outcome::run)
                            .sorted(Comparator.comparingInt(TrialRun::trial))
                            .map(run -> new TrialRun(
                                    run.trial(),
                                    run.configuration(),
                                    rungs.get(rung).budget()))
                            .toList();
        }
    }
}
