package io.mtl4j.nn.select;

import io.mtl4j.nn.data.DataSource;
import io.mtl4j.nn.data.MultiTaskData;
import io.mtl4j.nn.data.StandardizedSource;
import io.mtl4j.nn.data.Standardizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What is learned from the training part of a fold, such as means to subtract, and done to both parts. What is fitted to all
 * data before they are split tells the training part of the test part, and makes results look better than they are.
 *
 * <pre>{@code
 * FoldPreparation augmented = (train, test) -> new FoldPreparation.Parts(augment(train), test);
 * }</pre>
 */
@FunctionalInterface
public interface FoldPreparation {

    /**
     * The two parts of a fold.
     *
     * @param train what is trained on
     * @param test what is tested on
     */
    record Parts(MultiTaskData train, MultiTaskData test) {

        /** Checks that both are there. */
        public Parts {
            Objects.requireNonNull(train, "train");
            Objects.requireNonNull(test, "test");
        }
    }

    /**
     * {@return both parts, prepared}
     *
     * @param train the training part: all that may be learned from
     * @param test the test part
     */
    Parts prepare(MultiTaskData train, MultiTaskData test);

    /** {@return both parts as they are} */
    static FoldPreparation none() {
        return Parts::new;
    }

    /**
     * {@return features standardised with mean and deviation of each column, or channel, of the training part}
     *
     * @param inputs the names of the inputs to standardise; all if none is given. Inputs of tokens or codes are not for this
     * @throws IllegalArgumentException when a fold is prepared, if there is no such input
     */
    static FoldPreparation standardize(String... inputs) {
        List<String> names = List.of(inputs);
        return (train, test) -> {
            List<String> there = train.sources().stream().map(DataSource::input).toList();
            if (!there.containsAll(names)) {
                throw new IllegalArgumentException("standardising inputs " + names + " of data with inputs " + there
                        + "; name those that are there");
            }
            List<DataSource> trains = new ArrayList<>();
            List<DataSource> tests = new ArrayList<>(test.sources());
            for (DataSource source : train.sources()) {
                if (names.isEmpty() || names.contains(source.input())) {
                    Standardizer fitted = StandardizedSource.fit(source);
                    trains.add(new StandardizedSource(source, fitted));
                    tests.replaceAll(t -> t.input().equals(source.input()) ? new StandardizedSource(t, fitted) : t);
                } else {
                    trains.add(source);
                }
            }
            return new Parts(new MultiTaskData(trains), new MultiTaskData(tests));
        };
    }
}
