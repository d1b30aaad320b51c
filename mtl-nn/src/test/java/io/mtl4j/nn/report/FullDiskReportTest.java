package io.mtl4j.nn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.nn.persist.FullDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A page stays readable on a full disk; events of TensorBoard end the training, and what was written before can be read. */
class FullDiskReportTest {

    private final FullDisk disk = new FullDisk(1 << 18);
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void remove() throws IOException {
        disk.close();
    }

    private TrainingReport report(Path page) {
        return TrainingReport.builder(page)
                .every(Duration.ZERO)
                .time(java.time.Clock.systemUTC(), () -> nanos.addAndGet(1_000_000_000L))
                .build();
    }

    @Test
    void aPageStaysAsItWasAndIsNewAgainWhenThereIsRoom() throws IOException {
        Path page = disk.path("/run/report.html");
        TrainingReport report = report(page);
        Events events = Events.of(2, 1);
        report.on(events.started());
        String first = Files.readString(page);
        assertTrue(first.contains("</html>"));
        for (int room : new int[] {0, 512, 4096, 65_536}) {
            disk.fill(room);
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            report.on(step(room));
            assertEquals(first, Files.readString(page), "room for " + room);
            assertEquals(List.of("report.html"), FullDisk.names(page.getParent()));
        }
        disk.free();
        report.on(events.finished());
        String last = Files.readString(page);
        assertTrue(!last.equals(first) && last.contains("</html>"));
    }

    @Test
    void aPageThatDoesNotFitWhenTrainingBeginsEndsIt() throws IOException {
        disk.fill(4096);
        TrainingReport report = report(disk.path("/run/report.html"));
        String message = assertThrows(
                        UncheckedIOException.class,
                        () -> report.on(Events.of(2, 1).started()))
                .getMessage();
        assertTrue(message.startsWith("training report /run/report.html: cannot be written"), message);
        assertEquals(List.of(), FullDisk.names(disk.path("/run")));
    }

    private static TrainingEvent.StepDone step(int number) {
        return new TrainingEvent.StepDone(0, number, new double[] {1, 2}, new double[] {1, 1}, 0.1, 1, 8, 1_000);
    }

    @Test
    void eventsThatDoNotFitEndTheTrainingAndThoseBeforeCanBeRead() throws IOException {
        Path folder = disk.path("/run/events");
        TensorBoardWriter writer = TensorBoardWriter.in(folder);
        Events events = Events.of(2, 2);
        writer.on(events.started());
        events.epoch(0).forEach(writer::on);
        Path file = folder.resolve(FullDisk.names(folder).get(0));
        byte[] before = Files.readAllBytes(file);
        disk.fill(0);
        String message = assertThrows(
                        UncheckedIOException.class, () -> events.epoch(1).forEach(writer::on))
                .getMessage();
        assertTrue(message.startsWith("TensorBoard events in /run/events: cannot be written"), message);
        assertThrows(UncheckedIOException.class, writer::close, "what is left cannot be written either");
        writer.close(); // as often as one likes: the file was closed all the same
        byte[] after = Files.readAllBytes(file);
        assertEquals(
                java.nio.ByteBuffer.wrap(before),
                java.nio.ByteBuffer.wrap(after).limit(before.length));
    }

    @Test
    void eventsNeedAFolder() throws IOException {
        Path file = Files.createFile(disk.path("/file"));
        TensorBoardWriter writer = TensorBoardWriter.in(file.resolve("events"));
        String message = assertThrows(
                        UncheckedIOException.class,
                        () -> writer.on(Events.of(1, 1).started()))
                .getMessage();
        assertTrue(message.endsWith("give a folder where the application may write"), message);
    }
}
