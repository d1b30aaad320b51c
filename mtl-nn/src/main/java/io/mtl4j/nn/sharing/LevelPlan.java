package io.mtl4j.nn.sharing;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a {@link Level} is made.
 *
 * @param expert what each expert is
 * @param sharedExperts number of experts that all tasks choose among
 * @param taskExperts number of experts that one task chooses among, for each task
 * @param first whether this is the lowest level, where all read the same input
 * @param above number of levels above; where there are any, a shared gate mixes all experts for the shared ones above
 */
record LevelPlan(LayerSpec expert, int sharedExperts, int taskExperts, boolean first, int above) {

    Level bind(Shape input, List<String> tasks, Binder binder) {
        int k = tasks.size();
        List<Expert> experts = new ArrayList<>();
        for (int i = 0; i < sharedExperts; i++) {
            experts.add(new Expert(bindExpert(input, binder.child("expert" + i)), first ? 0 : k));
        }
        for (int task = 0; task < k; task++) {
            Binder own = binder.child("task:" + tasks.get(task)).ownedBy(above == 0 ? task : Parameter.SHARED);
            for (int i = 0; i < taskExperts; i++) {
                experts.add(new Expert(bindExpert(input, own.child("expert" + i)), first ? 0 : task));
            }
        }
        return new Level(List.copyOf(experts), mixtures(input, tasks, binder), first ? 1 : k + 1, k + 1);
    }

    private Layer bindExpert(Shape input, Binder scope) {
        Layer layer = expert.bind(input, scope);
        if (!(expert instanceof Chain || expert instanceof Encoder)) {
            scope.describe(expert.getClass().getSimpleName(), layer.outputShape());
        }
        return layer;
    }

    private List<Mixture> mixtures(Shape input, List<String> tasks, Binder binder) {
        int k = tasks.size();
        List<Gate> gates = new ArrayList<>();
        for (int task = 0; task < k; task++) {
            // One level further up, what a task's gate makes reaches other tasks through its experts.
            Binder own = binder.child("task:" + tasks.get(task)).ownedBy(above <= 1 ? task : Parameter.SHARED);
            gates.add(gate(input, sharedExperts + taskExperts, own, first ? 0 : task, task));
        }
        List<Mixture> mixtures = new ArrayList<>();
        if (taskExperts == 0) {
            mixtures.add(new Mixture(range(0, sharedExperts), List.copyOf(gates), binder.slot()));
        } else {
            for (int task = 0; task < k; task++) {
                mixtures.add(new Mixture(readBy(task), List.of(gates.get(task)), binder.slot()));
            }
        }
        if (above > 0) {
            int all = sharedExperts + k * taskExperts;
            Gate shared = gate(input, all, binder, first ? 0 : k, k);
            mixtures.add(new Mixture(range(0, all), List.of(shared), binder.slot()));
        }
        return List.copyOf(mixtures);
    }

    private static Gate gate(Shape input, int experts, Binder scope, int from, int to) {
        return new Gate(GateScores.of(input, experts).bind(input, scope.child("gate")), from, to);
    }

    private List<Integer> readBy(int task) {
        List<Integer> numbers = new ArrayList<>(range(0, sharedExperts));
        int from = sharedExperts + task * taskExperts;
        numbers.addAll(range(from, from + taskExperts));
        return List.copyOf(numbers);
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
