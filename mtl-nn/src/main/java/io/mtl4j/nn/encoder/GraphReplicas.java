package io.mtl4j.nn.encoder;

import io.mtl4j.nn.layer.Pass;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The graphs of one encoder. A graph remembers the pass that it ran forward last. Passes do not say when they are over, so a
 * few graphs are kept for those under way, and the one that has rested longest serves the next; a pass that comes back late
 * runs forward again, with the same result.
 */
final class GraphReplicas {

    /** Enough for a training step of several inputs with further draws. */
    private static final int KEPT = 6;

    private final String json;
    private final List<GraphSegment> segments;
    private final long length;
    private final Deque<Lease> resting = new ArrayDeque<>();

    GraphReplicas(String json, List<GraphSegment> segments, long length) {
        this.json = json;
        this.segments = segments;
        this.length = length;
    }

    /** A graph in the hands of one thread, with the model's present parameters. */
    static final class Lease {
        private final GraphReplica replica;
        private final boolean copies;
        private final INDArray first;
        private WeakReference<GraphRun> run = new WeakReference<>(null);

        private Lease(GraphReplica replica, boolean copies, INDArray first) {
            this.replica = replica;
            this.copies = copies;
            this.first = first;
        }

        GraphReplica replica() {
            return replica;
        }

        /** {@return whether the layers still hold what a pass left in them} */
        boolean holds(GraphRun wanted) {
            return run.get() == wanted;
        }

        /** Notes what the layers hold: a pass, or null if nothing of use. */
        void hold(GraphRun held) {
            run = new WeakReference<>(held);
        }
    }

    /** {@return a graph that nobody else uses until it is put back, the one that holds the run if there is one} */
    Lease take(GraphRun run, Pass pass) {
        INDArray first = segments.get(0).value(pass);
        Lease lease = rested(run, first);
        if (lease == null) {
            lease = make(pass, first);
        }
        if (lease.copies) {
            for (GraphSegment segment : segments) {
                GraphVectors.part(lease.replica.parameters(), segment)
                        .assign(segment.value(pass).reshape(segment.length()));
            }
        }
        return lease;
    }

    void put(Lease lease) {
        synchronized (resting) {
            resting.addLast(lease);
            while (resting.size() > KEPT) {
                resting.removeFirst();
            }
        }
    }

    private Lease rested(GraphRun run, INDArray first) {
        synchronized (resting) {
            Lease chosen = null;
            boolean full = resting.size() >= KEPT;
            for (Lease lease : resting) {
                if (lease.first == first && lease.holds(run)) {
                    chosen = lease;
                    break;
                }
                boolean free = full || lease.run.get() == null;
                if (chosen == null && free && lease.first == first) {
                    chosen = lease;
                }
            }
            if (chosen != null) {
                remove(chosen);
            }
            return chosen;
        }
    }

    private void remove(Lease chosen) {
        for (Iterator<Lease> i = resting.iterator(); i.hasNext(); ) {
            if (i.next() == chosen) {
                i.remove();
                return;
            }
        }
    }

    private Lease make(Pass pass, INDArray first) {
        try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            boolean trained = segments.stream().allMatch(GraphSegment::isTrained);
            INDArray view = trained
                    ? GraphVectors.over(
                            segments.stream().map(s -> s.value(pass)).toList())
                    : null;
            INDArray parameters = view == null ? Nd4j.create(first.dataType(), 1, length) : view;
            return new Lease(new GraphReplica(json, parameters), view == null, first);
        }
    }
}
