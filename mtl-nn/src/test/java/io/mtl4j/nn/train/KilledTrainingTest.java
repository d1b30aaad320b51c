package io.mtl4j.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.model.TwoTasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose process is killed again and again, at moments of every kind, ends as if nothing had happened. */
class KilledTrainingTest {

    private static final int KILLS = 50;
    private static final String STEP = "step";
    private static final String END = "end ";

    @TempDir
    private Path folder;

    @Test
    void endsBitForBitAsTheUnbrokenOne() throws IOException, InterruptedException {
        String unbroken = Main.train(folder.resolve("unbroken"), () -> {});
        Random random = new Random(17);
        int kills = 0;
        for (int training = 0; kills < KILLS; training++) {
            Path own = folder.resolve("training" + training);
            String ended = null;
            while (ended == null) {
                ended = run(own, 1 + random.nextInt(5), random.nextInt(8_000_000));
                kills += ended == null ? 1 : 0;
            }
            assertEquals(unbroken, ended, "training " + training);
        }
    }

    /** As by Ctrl-C: the same hooks run. */
    @Test
    void toldToEndItWritesACheckpointAndSaysWhereItStopped() throws IOException, InterruptedException {
        Path own = folder.resolve("told");
        Path said = folder.resolve("said");
        ProcessBuilder command = command(own).redirectError(said.toFile());
        command.command().add(1, "-Dorg.slf4j.simpleLogger.log.io.mtl4j=info");
        Process process = command.start();
        assumeTrue(process.supportsNormalTermination());
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals(STEP, out.readLine());
            process.toHandle().destroy(); // that of the process would close what it prints
            out.lines().forEach(line -> assertFalse(line.startsWith(END), "it was told too late"));
        }
        process.waitFor();
        Matcher step = Pattern.compile("the program ends: .* go on from step (\\d+) with")
                .matcher(Files.readString(said));
        assertTrue(step.find(), Files.readString(said));
        String checkpoint = String.format("checkpoint-%012d.mtl", Integer.parseInt(step.group(1)));
        assertTrue(Files.exists(own.resolve(checkpoint)), checkpoint);
        assertEquals(Main.train(folder.resolve("unbroken"), () -> {}), Main.train(own, () -> {}));
    }

    /** Runs until some steps were done and a moment more, then kills; what it printed at its end if it came so far. */
    private static String run(Path own, int steps, int nanos) throws IOException, InterruptedException {
        Process process =
                command(own).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        int seen = 0;
        String ended = null;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null && seen < steps; line = out.readLine()) {
                seen += line.equals(STEP) ? 1 : 0;
                ended = line.startsWith(END) ? line.substring(END.length()) : ended;
            }
            if (ended == null) {
                LockSupport.parkNanos(nanos);
            }
        }
        process.destroyForcibly().waitFor();
        return ended;
    }

    private static ProcessBuilder command(Path own) {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                Main.class.getName(),
                own.toString());
        command.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return command;
    }

    /** Trains with checkpoints, and prints a line a step and a digest of all numbers at the end. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            System.out.println(END + train(Path.of(args[0]), () -> System.out.println(STEP)));
        }

        static String train(Path folder, Runnable atStep) {
            MultiTaskModel model = SmallTraining.model();
            TrainingResult result = SmallTraining.trainer(model)
                    .checkpoints(Checkpoints.in(folder).everySteps(2).resuming())
                    .listener(event -> {
                        if (event instanceof TrainingEvent.StepDone) {
                            atStep.run();
                        }
                    })
                    .build()
                    .fit(TwoTasks.data(1), TwoTasks.data(2));
            requireNothingUnfinished(folder);
            return Integer.toHexString(
                    SmallTraining.numbers(model, result.state()).hashCode());
        }

        private static void requireNothingUnfinished(Path folder) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.anyMatch(file -> file.toString().endsWith(".part"))) {
                    throw new IllegalStateException("a file was left unfinished");
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
