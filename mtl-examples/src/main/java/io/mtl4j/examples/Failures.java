package io.mtl4j.examples;

import picocli.CommandLine;

/** How commands tell that they failed: the message for people, the whole cause only when asked for. */
public final class Failures {

    private Failures() {}

    /**
     * Prints a failure.
     *
     * @param failure what went wrong
     * @param command the command that failed
     * @param ignored what the command was called with
     * @return the exit code
     */
    public static int report(Exception failure, CommandLine command, CommandLine.ParseResult ignored) {
        command.getErr().println("error: " + failure.getMessage());
        if (System.getProperty("mtl4j.debug") != null) {
            failure.printStackTrace(command.getErr());
        } else {
            command.getErr().println("(the Java option -Dmtl4j.debug shows where it came from)");
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
