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
 * @param prefix put before the names of its readers
 */
record LevelPlan(LayerSpec expert, int sharedExperts, int taskExperts, boolean first, int above, String prefix) {

    /** The only level. */
    static LevelPlan single(LayerSpec expert, int sharedExperts, int taskExperts) {
        return new LevelPlan(expert, sharedExperts, taskExperts, true, 0, "");
    }

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
            gates.add(gate(tasks.get(task), input, sharedExperts + taskExperts, own, first ? 0 : task, task));
        }
        List<Mixture> mixtures = new ArrayList<>();
        if (taskExperts == 0) {
            mixtures.add(mixture(range(0, sharedExperts), tasks, gates, binder));
        } else {
            for (int task = 0; task < k; task++) {
                mixtures.add(mixture(readBy(task), tasks, List.of(gates.get(task)), binder));
            }
        }
        if (above > 0) {
            int all = sharedExperts + k * taskExperts;
            Gate shared = gate("shared", input, all, binder, first ? 0 : k, k);
            mixtures.add(mixture(range(0, all), tasks, List.of(shared), binder));
        }
        return List.copyOf(mixtures);
    }

    private Mixture mixture(List<Integer> experts, List<String> tasks, List<Gate> gates, Binder binder) {
        List<String> sources = experts.stream().map(i -> source(i, tasks)).toList();
        return new Mixture(experts, sources, List.copyOf(gates), true, binder.slot());
    }

    private String source(int expert, List<String> tasks) {
        int own = expert - sharedExperts;
        return own < 0 ? "expert " + expert : tasks.get(own / taskExperts) + ": expert " + own % taskExperts;
    }

    private Gate gate(String reader, Shape input, int experts, Binder scope, int from, int to) {
        Layer scores = GateScores.of(input, experts).bind(input, scope.child("gate"));
        return new Gate(prefix + reader, scores, from, to);
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
