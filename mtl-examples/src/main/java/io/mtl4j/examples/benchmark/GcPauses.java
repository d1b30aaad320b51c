package io.mtl4j.examples.benchmark;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** Hears of garbage collections that stop the program, until it is closed. */
final class GcPauses implements AutoCloseable {

    private final LongAdder count = new LongAdder();
    private final LongAdder total = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final NotificationListener listener = this::on;

    GcPauses() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (pauses(collector)) {
                ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
            }
        }
    }

    /** {@return the time of all collections since the JVM started, in milliseconds} */
    static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(GcPauses::pauses)
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /** Some collectors report what they do beside the running program under names of their own. */
    private static boolean pauses(GarbageCollectorMXBean collector) {
        return !collector.getName().contains("Concurrent")
                && !collector.getName().contains("Cycles");
    }

    private void on(Notification notification, Object ignored) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            long millis = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                    .getGcInfo()
                    .getDuration();
            count.increment();
            total.add(millis);
            longest.accumulate(millis);
        }
    }

    /** {@return the number of pauses} */
    long count() {
        return count.sum();
    }

    /** {@return the length of all pauses together, in milliseconds} */
    long totalMillis() {
        return total.sum();
    }

    /** {@return the length of the longest pause, in milliseconds; 0 if there was none} */
    long longestMillis() {
        return longest.get();
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (pauses(collector)) {
                try {
                    ((NotificationEmitter) collector).removeNotificationListener(listener);
                } catch (ListenerNotFoundException e) {
                    throw new IllegalStateException("collector " + collector.getName() + " lost its listener", e);
                }
            }
        }
    }
}
