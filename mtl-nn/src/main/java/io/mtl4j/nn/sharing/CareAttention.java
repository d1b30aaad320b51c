package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Slot;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The attention of {@link Care}: rows of features, one set of rows for each branch and one for the context. Heads are rows of
 * their own, {@code [sets, rows * h, d / h]}.
 *
 * @param heads h
 * @param queries by task
 * @param matches makes m of f
 * @param values makes v of f
 * @param kept for the way back
 */
record CareAttention(int heads, List<Layer> queries, Layer matches, Layer values, Slot<CareAttention.Kept> kept) {

    /** Tasks that ran; q {@code [tasks, ...]}, m and v {@code [sets, ...]}; weights {@code [tasks, rows * h, sets]}. */
    record Kept(List<Integer> tasks, INDArray q, INDArray m, INDArray v, INDArray weights) {}

    /** {@code [sets * rows, d]} as heads. */
    private INDArray byHead(INDArray x, long sets) {
        long d = x.size(x.rank() - 1);
        return x.reshape('c', sets, x.length() / sets / (d / heads), d / heads);
    }

    private static double scale(INDArray byHead) {
        return 1 / Math.sqrt(byHead.size(2));
    }

    /** The enriched features of the wanted tasks; null for the others. */
    INDArray[] forward(List<INDArray> features, boolean[] wanted, Pass pass) {
        int sets = features.size();
        INDArray all = Positions.rows(Stack.of(features));
        INDArray m = byHead(matches.forward(all, pass), sets);
        INDArray v = byHead(values.forward(all, pass), sets);
        List<Integer> tasks = new ArrayList<>();
        List<INDArray> asked = new ArrayList<>();
        for (int k = 0; k < wanted.length; k++) {
            if (wanted[k]) {
                tasks.add(k);
                asked.add(queries.get(k).forward(features.get(k), pass));
            }
        }
        INDArray[] results = new INDArray[wanted.length];
        if (tasks.isEmpty()) {
            return results;
        }
        INDArray q = byHead(Stack.of(asked), tasks.size());
        INDArray weights = Stack.room(q, tasks.size(), q.size(1), sets);
        MatMul.into(Stack.byExample(q), false, Stack.byExample(m), true, Stack.byExample(weights));
        weights.muli(scale(q));
        Stack.softmax(weights);
        pass.save(kept, new Kept(List.copyOf(tasks), q, m, v, weights));
        INDArray taken = Stack.room(q, tasks.size(), q.size(1), q.size(2));
        MatMul.into(Stack.byExample(weights), false, Stack.byExample(v), false, Stack.byExample(taken));
        for (int i = 0; i < tasks.size(); i++) {
            INDArray own = features.get(tasks.get(i));
            results[tasks.get(i)] = taken.slice(i).reshape('c', own.shape()).add(own);
        }
        return results;
    }

    /** From the gradients of the enriched features, null for tasks that take no part, to those of all features. */
    INDArray[] backward(INDArray[] gradients, Pass pass) {
        Kept run = pass.load(kept);
        List<Integer> at = new ArrayList<>();
        List<INDArray> given = new ArrayList<>();
        for (int i = 0; i < run.tasks.size(); i++) {
            INDArray gradient = gradients[run.tasks.get(i)];
            if (gradient != null) {
                at.add(i);
                given.add(gradient);
            }
        }
        INDArray g = byHead(Stack.of(given), given.size());
        INDArray weights = picked(run.weights, at, run.tasks.size());
        INDArray q = picked(run.q, at, run.tasks.size());
        INDArray scores = Stack.room(weights, at.size(), weights.size(1), weights.size(2));
        MatMul.into(Stack.byExample(g), false, Stack.byExample(run.v), true, Stack.byExample(scores));
        scores = Stack.softmaxGradient(weights, scores).muli(scale(q));
        INDArray v = Stack.room(g, run.v.size(0), run.v.size(1), run.v.size(2));
        MatMul.into(Stack.byExample(weights), true, Stack.byExample(g), false, Stack.byExample(v));
        INDArray m = Stack.room(g, run.m.size(0), run.m.size(1), run.m.size(2));
        MatMul.into(Stack.byExample(scores), true, Stack.byExample(q), false, Stack.byExample(m));
        INDArray asked = Stack.room(g, at.size(), q.size(1), q.size(2));
        MatMul.into(Stack.byExample(scores), false, Stack.byExample(run.m), false, Stack.byExample(asked));
        long[] rows = given.get(0).shape();
        return toFeatures(run, at, given, new INDArray[] {m, v, asked}, rows, pass);
    }

    private INDArray[] toFeatures(
            Kept run, List<Integer> at, List<INDArray> given, INDArray[] parts, long[] rows, Pass pass) {
        int sets = (int) run.m.size(0);
        INDArray through = matches.backward(parts[0].reshape('c', sets * rows[0], rows[1]), pass)
                .add(values.backward(parts[1].reshape('c', sets * rows[0], rows[1]), pass))
                .reshape('c', sets, rows[0], rows[1]);
        GradientSums sums = new GradientSums(sets);
        for (int j = 0; j < sets; j++) {
            sums.add(j, through.slice(j));
        }
        for (int i = 0; i < at.size(); i++) {
            int task = run.tasks.get(at.get(i));
            sums.add(task, given.get(i));
            sums.add(task, queries.get(task).backward(parts[2].slice(i).reshape('c', rows), pass));
        }
        return sums.all();
    }

    private static INDArray picked(INDArray stack, List<Integer> at, int of) {
        return at.size() == of ? stack : Stack.of(at.stream().map(stack::slice).toList());
    }

    /** By task: the mean weights {@code [batch, sets]}, of the real steps where there is a mask; null where it did not run. */
    INDArray[] weights(long batch, INDArray mask, Pass pass) {
        Kept run = pass.load(kept);
        INDArray[] means = new INDArray[queries.size()];
        for (int i = 0; run != null && i < run.tasks.size(); i++) {
            INDArray all = run.weights.slice(i);
            INDArray byPosition = all.reshape('c', batch, all.size(0) / batch / heads, heads, all.size(1))
                    .mean(2);
            means[run.tasks.get(i)] = mask == null ? byPosition.mean(1) : realMean(byPosition, mask);
        }
        return means;
    }

    private static INDArray realMean(INDArray byPosition, INDArray mask) {
        INDArray steps = mask.castTo(byPosition.dataType());
        INDArray sum = byPosition
                .mul(steps.reshape('c', steps.size(0), steps.size(1), 1).broadcast(byPosition.shape()))
                .sum(1);
        INDArray count = steps.sum(true, 1);
        return sum.divi(count.addi(count.eq(0).castTo(count.dataType())).broadcast(sum.shape()));
    }
}
