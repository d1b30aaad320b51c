package io.mtl4j.nn.train;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.task.TaskSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * What multiplies the updates of a part of the parameters: those that a task owns, and the layers of the encoder by their
 * depth (Howard and Ruder, "Universal Language Model Fine-tuning for Text Classification", ACL 2018, section 3.2).
 *
 * @param byTask factors by task, at least 0; 1 for tasks that are not there
 * @param layerDecay in (0, 1]: the last of n layers has the factor 1, the one before it {@code layerDecay}, the first {@code
 *     layerDecay^(n-1)}
 */
record LearningRates(Map<String, Double> byTask, double layerDecay) {

    static final LearningRates SAME = new LearningRates(Map.of(), 1);

    LearningRates {
        byTask = Map.copyOf(byTask);
        byTask.forEach((task, factor) -> Require.nonNegative("learning rate of task \"" + task + "\"", factor));
        Require.within("layer decay", layerDecay, Double.MIN_VALUE, 1);
    }

    LearningRates with(String task, double factor) {
        Map<String, Double> more = new TreeMap<>(byTask);
        more.put(task, factor);
        return new LearningRates(more, layerDecay);
    }

    LearningRates with(double decay) {
        return new LearningRates(byTask, decay);
    }

    double factor(Parameter p, EncoderDepth depth, TaskSet tasks) {
        double ofTask = p.owner() == Parameter.SHARED
                ? 1
                : byTask.getOrDefault(tasks.get(p.owner()).name(), 1.0);
        int layer = depth.of(p);
        return layer < 0 ? ofTask : ofTask * Math.pow(layerDecay, depth.layers() - 1 - layer);
    }
}
