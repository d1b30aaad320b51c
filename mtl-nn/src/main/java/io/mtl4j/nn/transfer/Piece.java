package io.mtl4j.nn.transfer;

import io.mtl4j.nn.layer.Buffer;
import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.InputSpec;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.ParameterStore;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One array of a model: a parameter, or an input's own copy of a buffer.
 *
 * @param name the name that the layer declared
 * @param input the input whose buffer it is; empty for a parameter
 * @param array the model's own numbers
 * @param parameter the declaration; empty for a buffer
 */
record Piece(String name, Optional<String> input, INDArray array, Optional<Parameter> parameter) {

    private static final String ENCODER = "encoder.";
    private static final String STEM = "stem:";
    private static final List<String> HEADS = List.of("head:", "generator:");

    /** {@return all of a model's} */
    static List<Piece> of(MultiTaskModel model) {
        ParameterStore store = model.network().store();
        List<Piece> pieces = new ArrayList<>();
        for (Parameter p : store.layout().parameters()) {
            pieces.add(new Piece(p.name(), Optional.empty(), store.values()[p.index()], Optional.of(p)));
        }
        List<InputSpec> inputs = model.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            String input = inputs.get(i).name();
            for (Buffer buffer : store.declaredBuffers()) {
                if (!buffer.name().startsWith(STEM) || buffer.name().startsWith(stem(input))) {
                    INDArray array = store.buffers(i)[buffer.index()];
                    pieces.add(new Piece(buffer.name(), Optional.of(input), array, Optional.empty()));
                }
            }
        }
        return pieces;
    }

    static String stem(String input) {
        return STEM + input + '.';
    }

    static boolean serves(String name) {
        return name.startsWith(ENCODER) || name.startsWith(STEM);
    }

    /** {@return the layer's scope, such as {@code encoder.0}} */
    String scope() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    /** {@return what it is called in reports} */
    String label() {
        return label(name, input);
    }

    static String label(String name, Optional<String> input) {
        return input.map(i -> name + " of input \"" + i + '"').orElse(name);
    }

    /**
     * {@return the task to whose head it belongs}
     *
     * @param model whose piece it is
     */
    Optional<Task> headIn(MultiTaskModel model) {
        if (HEADS.stream().noneMatch(name::startsWith)) {
            return Optional.empty();
        }
        if (parameter.isPresent()) {
            return Optional.of(model.tasks().get(parameter.get().owner()));
        }
        return model.tasks().tasks().stream()
                .filter(task -> HEADS.stream().anyMatch(head -> name.startsWith(head + task.name() + '.')))
                .max(Comparator.comparingInt(task -> task.name().length()));
    }
}
