package io.mtl4j.nn.sharing;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Shape;
import java.util.ArrayList;
import java.util.List;

/** An encoder's stages, put together to a wanted number of parts. */
final class StageGroups {

    private StageGroups() {}

    /**
     * {@return the parts, lowest first}
     *
     * @param what who asks, for the message
     * @param count number of parts; 0 makes a part of every stage
     * @throws IllegalStateException if the encoder has fewer stages
     */
    static List<LayerSpec> of(String what, Encoder encoder, Shape input, int count) {
        List<LayerSpec> stages = encoder.stages(input);
        if (count > stages.size()) {
            throw new IllegalStateException(what + ": " + count + " levels for the encoder \"" + encoder.kind()
                    + "\", which has " + stages.size() + (stages.size() == 1 ? " stage" : " stages")
                    + "; ask for at most as many levels, or give the encoder more layers");
        }
        int parts = count == 0 ? stages.size() : count;
        List<LayerSpec> groups = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            groups.add(join(stages.subList(i * stages.size() / parts, (i + 1) * stages.size() / parts)));
        }
        return List.copyOf(groups);
    }

    private static LayerSpec join(List<LayerSpec> stages) {
        if (stages.size() == 1) {
            return stages.get(0);
        }
        List<LayerSpec> layers = new ArrayList<>();
        for (LayerSpec stage : stages) {
            layers.addAll(stage instanceof Chain chain ? chain.layers() : List.of(stage));
        }
        return new Chain(layers);
    }
}
