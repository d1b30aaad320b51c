package io.mtl4j.nn.layer;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory for the short-lived arrays of a step: while an arena is open on a thread, new arrays come from one block that is
 * used again by the next step, so that steady work allocates nothing.
 *
 * <pre>{@code
 * try (MemoryWorkspace arena = Arena.open("TRAIN")) {
 *     // arrays made here die with the block; detach() what must live on
 * }
 * }</pre>
 */
public final class Arena {

    private static final WorkspaceConfiguration CONFIGURATION = WorkspaceConfiguration.builder()
            .initialSize(0)
            .overallocationLimit(0.1)
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .build();

    private Arena() {}

    /**
     * Opens this thread's arena of a name. It must be closed on the same thread.
     *
     * @param name which arena: one for each kind of work
     * @return closes the arena
     */
    public static MemoryWorkspace open(String name) {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "MTL4J_" + name);
    }
}
