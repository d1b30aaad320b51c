package io.mtl4j.nn.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** What is made of each so many elements, the last of fewer. */
final class Grouped<T, R> implements Iterator<R> {

    private final Iterator<T> elements;
    private final int size;
    private final Function<List<T>, R> make;

    Grouped(Iterator<T> elements, int size, Function<List<T>, R> make) {
        this.elements = elements;
        this.size = size;
        this.make = make;
    }

    @Override
    public boolean hasNext() {
        return elements.hasNext();
    }

    @Override
    public R next() {
        if (!elements.hasNext()) {
            throw new NoSuchElementException("all elements were read");
        }
        List<T> group = new ArrayList<>();
        while (group.size() < size && elements.hasNext()) {
            group.add(elements.next());
        }
        return make.apply(group);
    }
}
