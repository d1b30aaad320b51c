package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A copy of the encoder's stages for each task, whose outputs meet behind every stage.
 *
 * @param wiring what is put together
 * @param tasks the names of the tasks
 * @param stages the stages, first to last
 */
record Columns(Wiring wiring, List<String> tasks, List<LayerSpec> stages) {

    /** What happens to the outputs of all columns behind a stage. */
    interface Meeting {

        /**
         * Adds the parts that it needs.
         *
         * @param stage the stage's number
         * @param outputs the columns' outputs, by task
         * @return what the columns go on with, by task
         */
        List<Integer> meet(int stage, List<Integer> outputs);
    }

    static Columns of(List<String> tasks, List<LayerSpec> stages) {
        return new Columns(new Wiring(), tasks, stages);
    }

    /** Builds the columns; what they hold behind each stage, by stage and task. */
    List<List<Integer>> build(Meeting meeting) {
        List<List<Integer>> all = new ArrayList<>();
        List<Integer> at = Collections.nCopies(tasks.size(), Wiring.INPUT);
        for (int i = 0; i < stages.size(); i++) {
            List<Integer> outputs = new ArrayList<>();
            for (int k = 0; k < tasks.size(); k++) {
                outputs.add(wiring.layer(name(k, "stage" + i), stages.get(i), at.get(k)));
            }
            at = meeting.meet(i, List.copyOf(outputs));
            all.add(at);
        }
        return all;
    }

    /** Lets each task read combinations of the subspaces of all columns. */
    List<Integer> stitch(int stage, List<Integer> outputs, int subspaces, double own) {
        int all = wiring.join("subspaces" + stage, new Subspaces(subspaces), outputs);
        List<String> sources = tasks.stream()
                .flatMap(task ->
                        IntStream.range(0, subspaces).mapToObj(s -> subspaces == 1 ? task : task + ", subspace " + s))
                .toList();
        return IntStream.range(0, tasks.size())
                .mapToObj(k -> wiring.join(
                        name(k, "stitch" + stage),
                        new Stitch(reader(k, stage), sources, k * subspaces, subspaces, own),
                        List.of(all)))
                .toList();
    }

    String name(int task, String part) {
        return "task:" + tasks.get(task) + "." + part;
    }

    String reader(int task, int stage) {
        return tasks.get(task) + " behind stage " + (stage + 1);
    }

    /** The shape of each stage's output. */
    static List<Shape> shapes(List<LayerSpec> stages, Shape input) {
        List<Shape> shapes = new ArrayList<>();
        Shape shape = input;
        Binder nowhere = Binder.create();
        for (int i = 0; i < stages.size(); i++) {
            shape = stages.get(i).bind(shape, nowhere.child("stage" + i)).outputShape();
            shapes.add(shape);
        }
        return shapes;
    }
}
