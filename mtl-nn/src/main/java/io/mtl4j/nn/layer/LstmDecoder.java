package io.mtl4j.nn.layer;

import io.mtl4j.internal.Require;

/**
 * A long short-term memory that writes a sequence, with attention to the steps of what it decodes (Luong, Pham and Manning,
 * EMNLP 2015, equations 5 to 8, without their input feeding, so that all places of a known sequence are computed at once):
 *
 * <pre>
 * [h_0, c_0] = tanh(mean of the real steps W0 + b0)          h_t = LSTM(vector of token t-1, h_(t-1))
 * a_tj = softmax_j(h_t Wa s_j)    context_t = Σ_j a_tj s_j   features_t = tanh([context_t, h_t] Wc + bc)
 * </pre>
 *
 * <p>Where a vector is decoded, the state starts from that vector, there is no attention, and the features are {@code h_t}. Token
 * vectors are as long as the state.
 *
 * @param units number of units
 */
public record LstmDecoder(int units) implements Decoder {

    /** Checks the value. */
    public LstmDecoder {
        Require.atLeast("lstm decoder: units", units, 1);
    }

    @Override
    public int width(Shape representation) {
        return units;
    }

    @Override
    public Bound bind(Shape representation, double dropout, Binder binder) {
        boolean attends = representation instanceof Shape.Sequence;
        int features = (int) representation.dimensions()[representation.dimensions().length - 1];
        Initializer start = Initializer.GLOROT_UNIFORM;
        return new BoundLstmDecoder(
                units,
                new MemoryMean(binder.slot()),
                new Dense(2 * units, Activation.TANH, start).bind(Shape.vector(features), binder.child("start")),
                LstmParameters.bind(units, units, start, binder.child("lstm")),
                attends ? GeneralAttention.bind(units, features, binder.child("attention")) : null,
                attends
                        ? new Dense(units, Activation.TANH, start)
                                .bind(Shape.sequence(features + units), binder.child("joint"))
                        : null,
                binder.slot());
    }
}
