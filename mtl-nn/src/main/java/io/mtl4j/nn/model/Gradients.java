package io.mtl4j.nn.model;

import io.mtl4j.nn.layer.MatMul;
import io.mtl4j.nn.layer.Parameter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Where backward passes put their results: the flat gradient, and the rows of the Jacobian of the shared parameters. The
 * memory is taken once and used by every step; the Jacobian's only when a method asks for it.
 */
public final class Gradients {

    private final ParameterLayout layout;
    private final int tasks;
    private final INDArray flat;
    private final INDArray shared;
    private final INDArray rest;
    private final INDArray[] views;
    private INDArray extra;
    private INDArray[] extraViews;
    private INDArray scratch;
    private INDArray[] scratchViews;
    private INDArray jacobian;
    private INDArray[][] rowViews;

    /**
     * Takes the memory for the flat gradient.
     *
     * @param layout where parameters lie
     * @param tasks number of tasks K
     * @param type data type of the model
     */
    Gradients(ParameterLayout layout, int tasks, DataType type) {
        this.layout = layout;
        this.tasks = tasks;
        try (var outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            this.flat = Nd4j.create(type, layout.trainedLength());
            long shared = layout.sharedLength();
            this.shared = shared == 0 ? Nd4j.empty(type) : flat.get(NDArrayIndex.interval(0, shared));
            long restLength = layout.length() - layout.trainedLength();
            this.rest = restLength == 0 ? null : Nd4j.create(type, restLength);
            this.views = layout.views(flat, flat, rest);
        }
    }

    /** {@return the flat gradient of all parameters that are trained, {@code [N]}} */
    public INDArray flat() {
        return flat;
    }

    /** {@return the part of {@link #flat()} that belongs to shared parameters, a view {@code [D]}} */
    public INDArray shared() {
        return shared;
    }

    /** {@return the Jacobian of the shared parameters {@code [K, D]}} */
    public INDArray jacobian() {
        if (jacobian == null) {
            allocateJacobian();
        }
        return jacobian;
    }

    private void allocateJacobian() {
        if (layout.sharedLength() == 0) {
            throw new IllegalStateException(
                    "the tasks share no parameters that are trained, so there are no gradients to"
                            + " combine; choose a weighting instead, or a way of sharing that trains what tasks share");
        }
        try (var outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            jacobian = Nd4j.create(flat.dataType(), tasks, layout.sharedLength());
            rowViews = new INDArray[tasks][];
            for (int k = 0; k < tasks; k++) {
                INDArray row = jacobian.get(NDArrayIndex.point(k), NDArrayIndex.all());
                rowViews[k] = layout.views(row.reshape(layout.sharedLength()), flat, rest);
            }
        }
    }

    /**
     * {@return the part of {@link #flat()} that belongs to a parameter, a view}
     *
     * @param parameter the parameter
     */
    public INDArray ofParameter(Parameter parameter) {
        return views[parameter.index()];
    }

    /**
     * {@return the gradient of the parameters that a task changes in a step of its own, a view}
     *
     * @param task the task's number
     */
    public INDArray ofOwnStep(int task) {
        return rest.get(layout.ownStepAt(task, layout.trainedLength()));
    }

    INDArray[] views() {
        return views;
    }

    /** Views whose shared part is a row of the Jacobian and whose other parts are the flat gradient's. */
    INDArray[] rowViews(int task) {
        jacobian();
        return rowViews[task];
    }

    /** Views for a gradient that is added to the rest, shared parameters' and others'. */
    INDArray[] extraViews() {
        if (extra == null) {
            try (var outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
                extra = Nd4j.create(flat.dataType(), flat.length());
                extraViews = layout.views(extra, extra, rest);
            }
        }
        extra.assign(0);
        return extraViews;
    }

    void addExtra() {
        flat.addi(extra);
    }

    void addExtra(double weight) {
        flat.addi(weight == 1 ? extra : extra.mul(weight));
    }

    /** Adds the shared part to a row of the Jacobian, and the tasks' own parts to the flat gradient. */
    void addExtraToRow(int task) {
        long shared = layout.sharedLength();
        if (shared > 0) {
            jacobian.getRow(task).addi(extra.get(NDArrayIndex.interval(0, shared)));
        }
        if (shared < flat.length()) {
            INDArrayIndex own = NDArrayIndex.interval(shared, flat.length());
            flat.get(own).addi(extra.get(own));
        }
    }

    /** Views for a further input, whose shared gradients must not overwrite the first one's. */
    INDArray[] scratchViews() {
        if (scratch == null) {
            try (var outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
                scratch = Nd4j.create(flat.dataType(), Math.max(1, layout.sharedLength()));
                scratchViews = layout.views(scratch, flat, rest);
            }
        }
        scratch.assign(0);
        return scratchViews;
    }

    void addScratch() {
        if (!shared.isEmpty()) {
            shared.addi(scratch);
        }
    }

    /**
     * Multiplies the gradients of each task's own parameters.
     *
     * @param factors one number a task, {@code [K]}
     */
    public void scaleOwn(double[] factors) {
        for (Parameter parameter : layout.parameters()) {
            if (parameter.trained() && parameter.owner() != Parameter.SHARED) {
                views[parameter.index()].muli(factors[parameter.owner()]);
            }
        }
    }

    /**
     * Multiplies the rows of the {@link #jacobian()}.
     *
     * @param factors one number a task, {@code [K]}
     */
    public void scaleRows(double[] factors) {
        for (int k = 0; k < factors.length; k++) {
            jacobian().getRow(k).muli(factors[k]);
        }
    }

    /**
     * {@return for each task, the product of the gradients of its own parameters with others, {@code [K]}}
     *
     * @param other gradients of the same network
     */
    public double[] ownProducts(Gradients other) {
        double[] products = new double[tasks];
        for (Parameter parameter : layout.parameters()) {
            if (parameter.trained() && parameter.owner() != Parameter.SHARED) {
                INDArray one = views[parameter.index()].castTo(DataType.DOUBLE);
                INDArray two = other.views[parameter.index()].castTo(DataType.DOUBLE);
                products[parameter.owner()] += one.mul(two).sumNumber().doubleValue();
            }
        }
        return products;
    }

    /**
     * Makes the flat gradient that of {@code Σ h_k V_k}.
     *
     * @param weights h, {@code [K]}
     * @param each the gradients of the V_k by {@link BatchPass#jacobian}, other memory than this; left as they are
     */
    public void assignWeighted(double[] weights, Gradients each) {
        flat.assign(each.flat);
        scaleOwn(weights);
        each.combineInto(weights, shared);
    }

    private void combineInto(double[] weights, INDArray sum) {
        INDArray row = Nd4j.createFromArray(new double[][] {weights}).castTo(flat.dataType());
        MatMul.into(row, false, jacobian(), false, sum.reshape('c', 1, layout.sharedLength()));
    }

    /**
     * Adds the gradient of {@code Σ h_k V_k}.
     *
     * @param weights h, {@code [K]}
     * @param each the gradients of the V_k by {@link BatchPass#jacobian}; its flat gradient becomes what is added
     */
    public void addWeighted(double[] weights, Gradients each) {
        each.scaleOwn(weights);
        each.combineInto(weights, each.shared);
        flat.addi(each.flat);
    }
}
