package io.mtl4j.nn.encoder;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where the arrays of DL4J's layers live: what outlives a layer's own work is put into the arena that is open, the rest
 * into a block that every layer uses again. Without an arena all arrays are ordinary ones.
 */
final class GraphMemory {

    private static final String WORKING = "MTL4J_GRAPH_WORKING";
    private static final String LOOP = "MTL4J_GRAPH_LOOP";

    private GraphMemory() {}

    static LayerWorkspaceMgr manager(ComputationGraph graph) {
        MemoryWorkspace arena = Nd4j.getMemoryManager().getCurrentWorkspace();
        LayerWorkspaceMgr manager =
                arena == null ? LayerWorkspaceMgr.noWorkspaces() : manager(arena, graph.getVertices().length);
        manager.setHelperWorkspacePointers(graph.getHelperWorkspaces());
        return manager;
    }

    private static LayerWorkspaceMgr manager(MemoryWorkspace arena, int vertices) {
        WorkspaceConfiguration kept = arena.getWorkspaceConfiguration();
        WorkspaceConfiguration working = configuration(vertices);
        return LayerWorkspaceMgr.builder()
                .with(ArrayType.INPUT, arena.getId(), kept)
                .with(ArrayType.ACTIVATIONS, arena.getId(), kept)
                .with(ArrayType.ACTIVATION_GRAD, arena.getId(), kept)
                .with(ArrayType.FF_CACHE, arena.getId(), kept)
                .with(ArrayType.FF_WORKING_MEM, WORKING, working)
                .with(ArrayType.BP_WORKING_MEM, WORKING, working)
                .with(ArrayType.RNN_FF_LOOP_WORKING_MEM, LOOP, working)
                .with(ArrayType.RNN_BP_LOOP_WORKING_MEM, LOOP, working)
                .with(ArrayType.UPDATER_WORKING_MEM, WORKING, working)
                .build();
    }

    /** The block grows to what the greediest layer needs, once every layer has run. */
    private static WorkspaceConfiguration configuration(int vertices) {
        return WorkspaceConfiguration.builder()
                .initialSize(0)
                .overallocationLimit(0.02)
                .policyAllocation(AllocationPolicy.OVERALLOCATE)
                .cyclesBeforeInitialization(vertices)
                .policyReset(ResetPolicy.BLOCK_LEFT)
                .policyLearning(LearningPolicy.OVER_TIME)
                .policySpill(SpillPolicy.REALLOCATE)
                .build();
    }
}
