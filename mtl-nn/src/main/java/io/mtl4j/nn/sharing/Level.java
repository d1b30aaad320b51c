package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Experts and the gates that mix their outputs: one representation a task and, where a level follows, one for its shared
 * experts.
 *
 * @param experts the experts, all with outputs of the same shape
 * @param mixtures the gates, by the experts that they choose among
 * @param inputs number of inputs
 * @param outputs number of outputs: tasks first, then the shared one
 */
record Level(List<Expert> experts, List<Mixture> mixtures, int inputs, int outputs) {

    Shape outputShape() {
        return experts.get(0).layer().outputShape();
    }

    /** Which inputs are read where some outputs are wanted. */
    boolean[] inputsFor(boolean[] wanted) {
        boolean[] read = new boolean[inputs];
        boolean[] running = running(wanted);
        for (int i = 0; i < running.length; i++) {
            read[experts.get(i).input()] |= running[i];
        }
        for (Mixture mixture : mixtures) {
            mixture.gates().forEach(gate -> read[gate.input()] |= wanted[gate.output()]);
        }
        return read;
    }

    private boolean[] running(boolean[] wanted) {
        boolean[] running = new boolean[experts.size()];
        mixtures.stream()
                .filter(mixture -> mixture.wanted(wanted))
                .forEach(mixture -> mixture.experts().forEach(i -> running[i] = true));
        return running;
    }

    INDArray[] forward(INDArray[] from, boolean[] wanted, Pass pass) {
        boolean[] running = running(wanted);
        INDArray[] expertOutputs = new INDArray[experts.size()];
        for (int i = 0; i < running.length; i++) {
            expertOutputs[i] = running[i] ? experts.get(i).forward(from, pass) : null;
        }
        INDArray[] results = new INDArray[outputs];
        mixtures.forEach(mixture -> mixture.forward(from, expertOutputs, wanted, results, pass));
        return results;
    }

    /** From the gradients of the outputs to those of the inputs; null stands for none on both sides. */
    INDArray[] backward(INDArray[] gradients, Pass pass) {
        GradientSums ofOutputs = new GradientSums(experts.size());
        GradientSums ofInputs = new GradientSums(inputs);
        mixtures.forEach(mixture -> mixture.backward(gradients, ofOutputs, ofInputs, pass));
        for (int i = 0; i < experts.size(); i++) {
            INDArray gradient = ofOutputs.all()[i];
            if (gradient != null) {
                Expert expert = experts.get(i);
                ofInputs.add(expert.input(), expert.layer().backward(gradient, pass));
            }
        }
        return ofInputs.all();
    }
}
