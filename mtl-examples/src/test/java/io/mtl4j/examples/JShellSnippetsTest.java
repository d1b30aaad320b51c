package io.mtl4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The snippets for JShell, read line by line as JShell reads them, and run. */
class JShellSnippetsTest {

    private static final Path FOLDER = Path.of("src/main/jshell");

    /** What JShell imports when it starts. */
    private static final List<String> IMPORTS =
            List.of("java.io.*", "java.math.*", "java.nio.file.*", "java.util.*", "java.util.stream.*");

    private static JShell shell() {
        JShell shell = JShell.builder().executionEngine("local").build();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Stream.of(classPath.split(File.pathSeparator, -1)).forEach(shell::addToClasspath);
        IMPORTS.forEach(name -> run(shell, "import " + name + ";"));
        return shell;
    }

    /** The first snippet of some text, and what is left of it. */
    private static String run(JShell shell, String text) {
        CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(text);
        for (SnippetEvent event : shell.eval(info.source())) {
            List<String> errors = shell.diagnostics(event.snippet())
                    .map(diag -> diag.getMessage(null))
                    .toList();
            assertEquals(Snippet.Status.VALID, event.status(), event.snippet().source() + errors);
            assertNull(event.exception(), event.snippet().source() + event.exception());
        }
        return info.remaining();
    }

    private static void runFile(JShell shell, Path file) throws IOException {
        String open = "";
        for (String line : Files.readAllLines(file)) {
            open += line + "\n";
            while (shell.sourceCodeAnalysis()
                    .analyzeCompletion(open)
                    .completeness()
                    .isComplete()) {
                open = run(shell, open);
            }
        }
        assertTrue(open.isBlank() || open.stripLeading().startsWith("//"), "not complete: " + open);
    }

    @ParameterizedTest
    @CsvSource({
        "quick-start.jsh, lies in quadrant 1",
        "compare-weightings.jsh, inverse loss",
        "predict-from-csv.jsh, 0.9 x 0.2: willow",
    })
    void aFileRunsToItsEnd(String name, String said) throws IOException {
        PrintStream out = System.out;
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        System.setOut(new PrintStream(heard, true, StandardCharsets.UTF_8));
        try (JShell shell = shell()) {
            runFile(shell, FOLDER.resolve(name));
        } finally {
            System.setOut(out);
        }
        String text = heard.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains(said), text);
    }

    @Test
    void everyFileIsTested() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertEquals(3, files.count(), "add a new one above");
        }
    }
}
