package io.mtl4j.nn.sharing;

import io.mtl4j.internal.Require;
import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cross-stitch networks: a copy of the encoder for each task, and behind each of its {@linkplain Encoder#stages stages} units
 * by which every task goes on with a combination of what all copies computed:
 *
 * <pre>{@code
 * x'_t = sum over j of a_tj x_j
 * }</pre>
 *
 * <p>(Misra et al., "Cross-stitch Networks for Multi-task Learning", CVPR 2016, equation 1.) A unit has one number for each
 * pair of tasks, or, as in the paper, one for each pair of tasks and channel. It starts with {@code own} for a task's own
 * copy and equal parts of what is left to 1 for the others, so that scales stay as they are. Deviations from the paper: the
 * copies start at random, not from models of single tasks, and units have the learning rate of all parameters, not a higher
 * one.
 *
 * <p>Units behind the last stage belong to the task that reads them; all else is shared, because it reaches every task.
 *
 * @param own what a task starts with of its own copy, from 0 to 1
 * @param byChannel whether each channel of pictures, or feature of other shapes, has coefficients of its own
 */
public record CrossStitch(double own, boolean byChannel) implements Sharing {

    /** Checks the value. */
    public CrossStitch {
        Require.within("crossStitch: own", own, 0, 1);
    }

    static CrossStitch start() {
        return new CrossStitch(0.9, false);
    }

    /**
     * {@return these units with another start}
     *
     * @param share what a task starts with of its own copy, from 0 to 1; 0.9 unless set
     */
    public CrossStitch own(double share) {
        return new CrossStitch(share, byChannel);
    }

    /** {@return units with coefficients for each channel of pictures, or feature of other shapes} */
    public CrossStitch perChannel() {
        return new CrossStitch(own, true);
    }

    @Override
    public Trunk bind(Encoder encoder, Shape input, List<String> tasks, Binder binder) {
        Columns columns = Columns.of(tasks, encoder.stages(input));
        List<List<Integer>> behind = columns.build((stage, outputs) ->
                byChannel ? byChannel(columns, stage, outputs) : columns.stitch(stage, outputs, 1, own));
        return columns.wiring().bind(input, behind.get(behind.size() - 1), binder);
    }

    private List<Integer> byChannel(Columns columns, int stage, List<Integer> outputs) {
        return IntStream.range(0, outputs.size())
                .mapToObj(k -> columns.wiring()
                        .join(
                                columns.name(k, "stitch" + stage),
                                new ChannelStitch(columns.reader(k, stage), columns.tasks(), k, own),
                                outputs))
                .toList();
    }
}
