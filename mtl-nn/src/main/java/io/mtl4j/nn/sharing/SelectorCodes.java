package io.mtl4j.nn.sharing;

/**
 * The arithmetic of {@link DSelectK}'s selectors for one example: from {@code [alpha (k), z_1 (m), ..., z_k (m)]} to the
 * weights of n experts, and back.
 *
 * @param experts n
 * @param selected k
 * @param gamma width of the smooth step
 */
record SelectorCodes(int experts, int selected, double gamma) {

    /** What keeps the term for codes without an expert finite. */
    private static final double FLOOR = 1e-3;

    /** m: binary digits of an expert's number. */
    int digits() {
        return 32 - Integer.numberOfLeadingZeros(experts - 1);
    }

    /** Numbers that an example's selectors are made of. */
    int width() {
        return selected * (1 + digits());
    }

    /** Whether some codes name no expert. */
    boolean partial() {
        return experts != 1 << digits();
    }

    private double step(double z) {
        double t = z / gamma;
        return t <= -0.5 ? 0 : t >= 0.5 ? 1 : (1.5 - 2 * t * t) * t + 0.5;
    }

    private double stepSlope(double z) {
        double t = z / gamma;
        return Math.abs(t) >= 0.5 ? 0 : (1.5 - 6 * t * t) / gamma;
    }

    /** {@code softmax(alpha)}, {@code [k]}. */
    double[] shares(double[] numbers) {
        double most = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < selected; t++) {
            most = Math.max(most, numbers[t]);
        }
        double[] shares = new double[selected];
        double sum = 0;
        for (int t = 0; t < selected; t++) {
            shares[t] = Math.exp(numbers[t] - most);
            sum += shares[t];
        }
        for (int t = 0; t < selected; t++) {
            shares[t] /= sum;
        }
        return shares;
    }

    /** {@code r}, {@code [k, n]}. */
    double[][] selections(double[] numbers) {
        double[][] r = new double[selected][experts];
        for (int t = 0; t < selected; t++) {
            for (int i = 0; i < experts; i++) {
                r[t][i] = product(numbers, t, i, -1);
            }
        }
        return r;
    }

    /** {@code r_ti} without the factor of one digit. */
    private double product(double[] numbers, int selector, int expert, int without) {
        double product = 1;
        for (int j = 0; j < digits(); j++) {
            if (j != without) {
                double s = step(numbers[at(selector, j)]);
                product *= one(expert, j) ? s : 1 - s;
            }
        }
        return product;
    }

    private int at(int selector, int digit) {
        return selected + selector * digits() + digit;
    }

    private static boolean one(int expert, int digit) {
        return (expert >> digit & 1) == 1;
    }

    /** {@code entropy Σ_t H(r_t)}, and the term for codes without an expert. */
    double penalty(double[][] r, double entropy) {
        double penalty = 0;
        for (double[] selection : r) {
            double sum = 0;
            for (double weight : selection) {
                penalty -= weight == 0 ? 0 : entropy * weight * Math.log(weight);
                sum += weight;
            }
            penalty += partial() ? 1 / (sum + FLOOR) : 0;
        }
        return penalty;
    }

    /** Adds the gradient of the penalty, times a factor, to that of r. Where r is 0, so is its slope: nothing to add. */
    void addPenaltyGradient(double[][] r, double entropy, double factor, double[][] gradient) {
        for (int t = 0; t < selected; t++) {
            double sum = FLOOR;
            for (double weight : r[t]) {
                sum += weight;
            }
            double reach = partial() ? -1 / (sum * sum) : 0;
            for (int i = 0; i < experts; i++) {
                double log = r[t][i] == 0 ? 0 : -entropy * (Math.log(r[t][i]) + 1);
                gradient[t][i] += factor * (log + reach);
            }
        }
    }

    /** From the gradient of the experts' weights, and what r gets besides, to that of the numbers. */
    double[] backward(double[] numbers, double[][] r, double[] weights, double[][] besides) {
        double[] shares = shares(numbers);
        double[] slopes = new double[selected];
        double mean = 0;
        for (int t = 0; t < selected; t++) {
            for (int i = 0; i < experts; i++) {
                slopes[t] += weights[i] * r[t][i];
            }
            mean += shares[t] * slopes[t];
        }
        double[] gradient = new double[numbers.length];
        for (int t = 0; t < selected; t++) {
            gradient[t] = shares[t] * (slopes[t] - mean);
            for (int j = 0; j < digits(); j++) {
                double sum = 0;
                for (int i = 0; i < experts; i++) {
                    double of = shares[t] * weights[i] + besides[t][i];
                    sum += (one(i, j) ? of : -of) * product(numbers, t, i, j);
                }
                gradient[at(t, j)] = sum * stepSlope(numbers[at(t, j)]);
            }
        }
        return gradient;
    }
}
