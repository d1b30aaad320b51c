package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.ActivationLayer;
import io.mtl4j.nn.layer.ActivityPenalty;
import io.mtl4j.nn.layer.AvgPool2d;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Flatten;
import io.mtl4j.nn.layer.GlobalPool;
import io.mtl4j.nn.layer.LayerNorm;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.MaxPool2d;
import io.mtl4j.nn.layer.PadTo;
import io.mtl4j.nn.layer.PositionalEncoding;
import io.mtl4j.nn.layer.RepeatChannels;
import io.mtl4j.nn.layer.Resize;
import io.mtl4j.nn.layer.SequencePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Groups the layers of an encoder, so that each group learns something of its own. */
final class Stages {

    /** What belongs to the layer before it: without parameters, or with none that transform features. */
    private static final Set<Class<? extends LayerSpec>> FOLLOWERS = Set.of(
            ActivationLayer.class,
            ActivityPenalty.class,
            AvgPool2d.class,
            Dropout.class,
            Flatten.class,
            GlobalPool.class,
            LayerNorm.class,
            MaxPool2d.class,
            PadTo.class,
            PositionalEncoding.class,
            RepeatChannels.class,
            Resize.class,
            SequencePool.class);

    private Stages() {}

    static List<LayerSpec> of(List<LayerSpec> layers) {
        List<Chain> stages = new ArrayList<>();
        boolean open = false;
        for (LayerSpec layer : layers) {
            boolean follows = FOLLOWERS.contains(layer.getClass());
            int last = stages.size() - 1;
            if (last >= 0 && (follows || !open)) {
                stages.set(last, stages.get(last).then(layer));
            } else {
                stages.add(Chain.of(layer));
            }
            open |= !follows;
        }
        return List.copyOf(stages);
    }
}
