package io.mtl4j.nn.train;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The line of a progress bar. The bar draws from a thread of its own, which may come late: what it draws after {@link #end}
 * is left out, so that nothing mixes with the lines that follow.
 */
final class OneLine implements ProgressBarConsumer {

    private final ConsoleProgressBarConsumer console;
    private boolean ended;

    OneLine(ConsoleProgressBarConsumer console) {
        this.console = console;
    }

    @Override
    public int getMaxRenderedLength() {
        return console.getMaxRenderedLength();
    }

    @Override
    public synchronized void accept(String drawn) {
        if (!ended) {
            console.accept(drawn);
        }
    }

    @Override
    public synchronized void clear() {
        if (!ended) {
            console.clear();
        }
    }

    /** Does nothing: the bar closes its consumer before its last drawing is sure to have come. */
    @Override
    public void close() {
        // see end()
    }

    /** Ends the line. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            console.close();
        }
    }
}
