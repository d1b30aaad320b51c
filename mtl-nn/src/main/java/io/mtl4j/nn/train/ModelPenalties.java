package io.mtl4j.nn.train;

import io.mtl4j.nn.layer.ParameterPenalty;
import io.mtl4j.nn.model.Gradients;
import io.mtl4j.nn.model.Network;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a model's parameters pay for, whatever the data: L1 and L2 of single parameters and the terms that couple several. Its
 * gradient joins that of the tasks once a step.
 */
public final class ModelPenalties {

    private final Network network;
    private final Penalties single;
    private final List<ParameterPenalty> terms;

    /**
     * Collects what a network declares.
     *
     * @param network the network
     * @param further terms besides those of the network
     */
    public ModelPenalties(Network network, List<ParameterPenalty> further) {
        this.network = network;
        this.single = new Penalties(network.store().layout(), network.type());
        this.terms = Stream.concat(network.parameterPenalties().stream(), further.stream())
                .toList();
    }

    /**
     * Adds the gradient at the network's present parameters.
     *
     * @param gradients what is added to
     */
    public void addTo(Gradients gradients) {
        single.addTo(gradients.flat(), network.store().trained());
        terms.forEach(term -> term.addGradient(p -> network.store().values()[p.index()], gradients::ofParameter));
    }
}
