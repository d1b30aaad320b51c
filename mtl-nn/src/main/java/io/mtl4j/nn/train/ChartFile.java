package io.mtl4j.nn.train;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** Panels below each other as one PNG file. */
final class ChartFile {

    private ChartFile() {}

    /**
     * Writes the file.
     *
     * @param what what the picture shows, for the message
     * @throws UncheckedIOException if it cannot be written
     */
    static <C extends Chart<?, ?>> void write(String what, List<C> panels, Path file) {
        OutputFile.write(what, file, out -> BitmapEncoder.saveBitmap(panels, panels.size(), 1, out, BitmapFormat.PNG));
    }
}
