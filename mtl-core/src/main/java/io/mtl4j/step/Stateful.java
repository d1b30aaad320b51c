package io.mtl4j.step;

/** Something that remembers between steps and can hand its memory out and take it back. */
public interface Stateful {

    /** {@return the name of the method as users write it, such as {@code dwa}} */
    String name();

    /** {@return all that this object remembers; empty when it remembers nothing} */
    default MethodState state() {
        return MethodState.empty(name());
    }

    /**
     * Takes back what {@link #state()} handed out. Afterwards this object goes on as the one that handed it out.
     *
     * @param state a state of the same method
     * @throws IllegalArgumentException if the state is another method's or is not complete
     */
    default void restore(MethodState state) {
        state.requireMethod(name());
    }
}
