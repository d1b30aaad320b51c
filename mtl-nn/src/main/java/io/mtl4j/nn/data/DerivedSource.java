package io.mtl4j.nn.data;

import java.util.Set;

/**
 * A data source made of another one, such as one whose batches are changed as they are read. It has the other's input, size and
 * tasks unless it says otherwise.
 */
public interface DerivedSource extends DataSource {

    /** {@return what it is made of} */
    DataSource source();

    @Override
    default String input() {
        return source().input();
    }

    @Override
    default int size() {
        return source().size();
    }

    @Override
    default Set<String> tasks() {
        return source().tasks();
    }
}
