package io.mtl4j.nn.train;

import io.mtl4j.event.TrainingEvent;
import io.mtl4j.event.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a line an epoch. */
final class LoggingListener implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger(Trainer.class);

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.EpochDone epoch) {
            LOG.info("{}", TrainingSummary.line(epoch));
        } else if (event instanceof TrainingEvent.Finished finished) {
            LOG.info("training ended after {} epochs: {}", finished.epochs(), finished.reason());
        }
    }
}
