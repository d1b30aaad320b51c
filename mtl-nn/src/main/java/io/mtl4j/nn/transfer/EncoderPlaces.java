package io.mtl4j.nn.transfer;

import io.mtl4j.nn.encoder.Encoder;
import io.mtl4j.nn.layer.Binder;
import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Layer;
import io.mtl4j.nn.layer.LayerSpec;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.model.Architecture;
import io.mtl4j.nn.model.InputSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which array of the plain encoder each array of a model is a copy of. Ways of sharing bind the encoder several times, or
 * stage by stage, under names of their own; to see where, they are given an encoder that notes what each of its parts
 * declares.
 */
final class EncoderPlaces {

    private static final int WHOLE = -1;

    private final Encoder encoder;
    private final Shape input;
    private final List<Copy> copies = new ArrayList<>();

    /** What one binding of the encoder, or of a part of it, declared. */
    private record Copy(int part, Names names) {}

    /** Names of parameters and of buffers, in the order of their declaration. */
    private record Names(List<String> parameters, List<String> buffers) {

        static Names of(Binder binder, int parameters, int buffers) {
            return new Names(
                    binder.parameters().stream()
                            .skip(parameters)
                            .map(Parameter::name)
                            .toList(),
                    binder.buffers().stream().skip(buffers).map(Buffer::name).toList());
        }
    }

    private EncoderPlaces(Encoder encoder, Shape input) {
        this.encoder = encoder;
        this.input = input;
    }

    /**
     * {@return by the name in the model, the name in an encoder that stands alone; nothing for what a way of sharing added
     * to the encoder}
     *
     * @param model the description of a model
     */
    static Map<String, String> of(Architecture model) {
        InputSpec first = model.inputs().get(0);
        Binder root = Binder.create();
        Shape input = first.stem()
                .bind(first.shape(), root.child("stem:" + first.name()))
                .outputShape();
        EncoderPlaces places = new EncoderPlaces(model.encoder(), input);
        model.sharing().bind(places.new Noting(), input, model.tasks().names(), root.child("encoder"));
        return places.names();
    }

    private Map<String, String> names() {
        Binder alone = Binder.create();
        encoder.bind(input, alone);
        Names plain = Names.of(alone, 0, 0);
        List<Names> parts = parts(plain);
        Map<String, String> places = new HashMap<>();
        for (Copy copy : copies) {
            if (copy.part < parts.size()) {
                Names there = copy.part == WHOLE ? plain : parts.get(copy.part);
                pair(copy.names.parameters, there.parameters, places);
                pair(copy.names.buffers, there.buffers, places);
            }
        }
        return places;
    }

    /** The plain names, divided among the parts as these declare them one after the other; none if they do not add up. */
    private List<Names> parts(Names plain) {
        List<Names> parts = new ArrayList<>();
        Binder binder = Binder.create();
        Shape shape = input;
        for (LayerSpec part :
                encoder.stages(input).stream().flatMap(s -> parts(s).stream()).toList()) {
            int parameters = binder.parameters().size();
            int buffers = binder.buffers().size();
            shape = part.bind(shape, binder.child("part" + parts.size())).outputShape();
            if (binder.parameters().size() > plain.parameters.size()
                    || binder.buffers().size() > plain.buffers.size()) {
                return List.of();
            }
            parts.add(new Names(
                    plain.parameters.subList(parameters, binder.parameters().size()),
                    plain.buffers.subList(buffers, binder.buffers().size())));
        }
        return binder.parameters().size() == plain.parameters.size() ? parts : List.of();
    }

    /** Ways of sharing may join the layers of several stages, so a stage's layers are the smallest parts. */
    private static List<LayerSpec> parts(LayerSpec stage) {
        return stage instanceof Chain chain ? chain.layers() : List.of(stage);
    }

    private static void pair(List<String> names, List<String> plain, Map<String, String> places) {
        for (int i = 0; i < names.size() && names.size() == plain.size(); i++) {
            places.put(names.get(i), plain.get(i));
        }
    }

    private Layer note(int number, LayerSpec part, Shape shape, Binder binder) {
        int parameters = binder.parameters().size();
        int buffers = binder.buffers().size();
        Layer layer = part.bind(shape, binder);
        copies.add(new Copy(number, Names.of(binder, parameters, buffers)));
        return layer;
    }

    /** The encoder, noting what is bound. */
    private final class Noting implements Encoder {

        @Override
        public String kind() {
            return encoder.kind();
        }

        @Override
        public List<LayerSpec> stages(Shape shape) {
            List<LayerSpec> noted = new ArrayList<>();
            int next = 0;
            for (LayerSpec stage : encoder.stages(shape)) {
                List<LayerSpec> parts = new ArrayList<>();
                for (LayerSpec part : parts(stage)) {
                    int number = next++;
                    parts.add((at, binder) -> note(number, part, at, binder));
                }
                noted.add(stage instanceof Chain ? new Chain(parts) : parts.get(0));
            }
            return noted;
        }

        @Override
        public Layer bind(Shape shape, Binder binder) {
            return note(WHOLE, encoder, shape, binder);
        }
    }
}
