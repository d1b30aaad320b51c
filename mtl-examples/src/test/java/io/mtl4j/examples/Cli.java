package io.mtl4j.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command printed, and its exit code. */
public record Cli(int status, String out, String errors) {

    /** Runs a command. */
    public static Cli run(CommandLine command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int status = command.setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(args);
        return new Cli(status, out.toString(), errors.toString());
    }

    /** {@return the number that follows some text in what was printed} */
    public double numberAfter(String text) {
        int at = out.lastIndexOf(text);
        if (at < 0) {
            throw new AssertionError("\"" + text + "\" was not printed:\n" + out + errors);
        }
        return Double.parseDouble(out.substring(at + text.length()).strip().split("[\\s,%]+")[0]);
    }
}
