package shop;

import java.util.Random;

/** Visits to a shop: of each pages seen, minutes and the price of what was looked at, whether it ended in buying, and for how much. */
record Visits(float[][] features, int[] bought, float[] spent) {

    /** Made up; yours come from a table. */
    static Visits random(int n, long seed) {
        Random random = new Random(seed);
        float[][] features = new float[n][3];
        int[] bought = new int[n];
        float[] spent = new float[n];
        for (int i = 0; i < n; i++) {
            features[i] = new float[] {random.nextFloat(), random.nextFloat(), random.nextFloat()};
            bought[i] = features[i][0] + features[i][1] > 1 ? 1 : 0;
            spent[i] = bought[i] * features[i][2];
        }
        return new Visits(features, bought, spent);
    }
}
