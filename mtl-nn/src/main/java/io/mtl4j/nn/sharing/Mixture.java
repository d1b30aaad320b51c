package io.mtl4j.nn.sharing;

import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.layer.Pass;
import io.mtl4j.nn.layer.Slot;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gates that choose among the same experts: {@code m_g = Σ_i p_gi e_i} for each example, where {@code p_g} are the scores of
 * gate g or their softmax. All gates together are one product a direction, {@code [gates, experts] x [experts, numbers]} for
 * each example.
 *
 * @param experts the numbers of the experts in their level
 * @param sources the names of the experts among the {@link SharingChoice choices}
 * @param gates who chooses
 * @param softmax whether the gates' scores go through a softmax
 * @param kept for the way back
 */
record Mixture(
        List<Integer> experts, List<String> sources, List<Gate> gates, boolean softmax, Slot<Mixture.Kept> kept) {

    /** Gates that ran; experts' outputs {@code [experts, batch, N]}; weights {@code [gates, batch, experts]}. */
    record Kept(List<Gate> gates, INDArray outputs, INDArray weights) {}

    boolean wanted(boolean[] outputs) {
        return gates.stream().anyMatch(gate -> outputs[gate.output()]);
    }

    /** Puts the mixtures that are wanted into their places of {@code results}. */
    void forward(INDArray[] inputs, INDArray[] expertOutputs, boolean[] wanted, INDArray[] results, Pass pass) {
        List<Gate> running =
                gates.stream().filter(gate -> wanted[gate.output()]).toList();
        if (running.isEmpty()) {
            return;
        }
        INDArray outputs = Stack.of(experts.stream().map(i -> expertOutputs[i]).toList());
        List<INDArray> scores = new ArrayList<>();
        running.forEach(gate -> scores.add(gate.scores().forward(inputs[gate.input()], pass)));
        INDArray weights = Stack.of(scores);
        if (softmax) {
            Stack.softmax(weights);
        }
        pass.save(kept, new Kept(running, outputs, weights));
        INDArray mixed = Stack.room(outputs, running.size(), outputs.size(1), outputs.size(2));
        MatMul.into(Stack.byExample(weights), false, Stack.byExample(outputs), false, Stack.byExample(mixed));
        long[] shape = expertOutputs[experts.get(0)].shape();
        for (int g = 0; g < running.size(); g++) {
            results[running.get(g).output()] = mixed.slice(g).reshape('c', shape);
        }
    }

    /** What the gates took that ran. */
    List<SharingChoice> choices(Pass pass) {
        Kept run = pass.load(kept);
        List<SharingChoice> choices = new ArrayList<>();
        for (int g = 0; run != null && g < run.gates.size(); g++) {
            choices.add(new SharingChoice(run.gates.get(g).reader(), sources, run.weights.slice(g)));
        }
        return choices;
    }

    /** Adds to the gradients of the experts' outputs and of the level's inputs; gates without a gradient take no part. */
    void backward(INDArray[] gradients, GradientSums outputs, GradientSums inputs, Pass pass) {
        List<Integer> given = new ArrayList<>();
        List<INDArray> parts = new ArrayList<>();
        Kept run = wanted(gradients) ? pass.load(kept) : null;
        for (int g = 0; run != null && g < run.gates.size(); g++) {
            INDArray gradient = gradients[run.gates.get(g).output()];
            if (gradient != null) {
                given.add(g);
                parts.add(gradient);
            }
        }
        if (!given.isEmpty()) {
            backward(run, given, Stack.of(parts), parts.get(0).shape(), outputs, inputs, pass);
        }
    }

    private boolean wanted(INDArray[] gradients) {
        return gates.stream().anyMatch(gate -> gradients[gate.output()] != null);
    }

    private void backward(
            Kept run,
            List<Integer> given,
            INDArray gradient,
            long[] shape,
            GradientSums outputs,
            GradientSums inputs,
            Pass pass) {
        INDArray weights = given.size() == run.gates.size()
                ? run.weights
                : Stack.of(given.stream().map(run.weights::slice).toList());
        INDArray dWeights = Stack.room(weights, given.size(), weights.size(1), weights.size(2));
        INDArray rows = Stack.byExample(gradient);
        MatMul.into(rows, false, Stack.byExample(run.outputs), true, Stack.byExample(dWeights));
        INDArray dScores = softmax ? Stack.softmaxGradient(weights, dWeights) : dWeights;
        for (int g = 0; g < given.size(); g++) {
            Gate gate = run.gates.get(given.get(g));
            inputs.add(gate.input(), gate.scores().backward(dScores.slice(g), pass));
        }
        INDArray dOutputs = Stack.room(gradient, experts.size(), gradient.size(1), gradient.size(2));
        MatMul.into(Stack.byExample(weights), true, rows, false, Stack.byExample(dOutputs));
        for (int i = 0; i < experts.size(); i++) {
            outputs.add(experts.get(i), dOutputs.slice(i).reshape('c', shape));
        }
    }
}
