package io.mtl4j.nn.persist;

import io.mtl4j.step.MethodState;
import java.util.List;

/**
 * A {@link TrainingState} without its large array.
 *
 * @param epoch the next epoch
 * @param step number of steps done
 * @param seed the trainer's seed
 * @param optimizerLength number of elements of the optimiser's memory
 * @param methods the memory of methods
 */
record TrainingEntry(int epoch, long step, long seed, long optimizerLength, List<MethodState> methods) {}
