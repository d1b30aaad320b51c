package io.mtl4j.nn.meta;

import io.mtl4j.nn.layer.Parameter;

/** Which parameters adapt to an episode. Those that never train, such as frozen ones, never adapt. */
public enum AdaptedPart {

    /** All: MAML and Reptile as published. */
    ALL {
        @Override
        public boolean holds(Parameter parameter) {
            return parameter.trained();
        }
    },

    /**
     * What belongs to one task alone, which is the heads: almost no inner loop (A. Raghu and others, "Rapid Learning or Feature
     * Reuse? Towards Understanding the Effectiveness of MAML", ICLR 2020, section 4).
     */
    HEADS {
        @Override
        public boolean holds(Parameter parameter) {
            return parameter.trained() && parameter.name().startsWith("head:");
        }
    },

    /**
     * All but the heads (J. Oh and others, "BOIL: Towards Representation Change for Few-shot Learning", ICLR 2021, section
     * 3).
     */
    ENCODER {
        @Override
        public boolean holds(Parameter parameter) {
            return parameter.trained() && !HEADS.holds(parameter);
        }
    };

    /**
     * {@return whether a parameter adapts}
     *
     * @param parameter the parameter
     */
    public abstract boolean holds(Parameter parameter);
}
