package io.mtl4j.examples;

import picocli.CommandLine;

/** How the command lines of this module are read. */
public final class Commands {

    private Commands() {}

    /**
     * {@return the command line of a command: names of choices in any case, failures told by {@link Failures}}
     *
     * @param command the command
     */
    public static CommandLine of(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Failures::report);
    }
}
