package io.mtl4j.nn.model;

import io.mtl4j.nn.layer.Parameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Where each parameter lies in the flat vector: first the shared ones, then each task's own, then those of {@linkplain Parameter.Turn#OWN steps of their own}, then those never trained. */
public final class ParameterLayout {

    private final List<Parameter> parameters;
    private final List<Parameter> ordered;
    private final long[] offsets;
    private final long sharedLength;
    private final long trainedLength;
    private final long length;

    ParameterLayout(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        this.ordered = parameters.stream()
                .sorted(Comparator.comparing(Parameter::turn)
                        .thenComparingInt(Parameter::owner)
                        .thenComparingInt(Parameter::index))
                .toList();
        this.offsets = new long[parameters.size()];
        long at = 0;
        long shared = 0;
        long trained = 0;
        for (Parameter p : ordered) {
            offsets[p.index()] = at;
            at += p.length();
            shared = p.shared() ? at : shared;
            trained = p.trained() ? at : trained;
        }
        this.sharedLength = shared;
        this.trainedLength = trained;
        this.length = at;
    }

    /** {@return the parameters by index} */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** {@return the parameters in the order of their offsets} */
    public List<Parameter> ordered() {
        return ordered;
    }

    /** {@return the number of elements that training changes: the first of the flat vector} */
    public long trainedLength() {
        return trainedLength;
    }

    /** {@return the number of shared elements that training changes: the first of the flat vector} */
    public long sharedLength() {
        return sharedLength;
    }

    /** {@return the number of elements} */
    public long length() {
        return length;
    }

    /**
     * {@return the parameters that a task changes in a step of its own, as the layout of a vector of them alone: there they
     * are what is trained}
     *
     * @param task the task's number
     */
    public ParameterLayout ownStep(int task) {
        List<Parameter> alone = new ArrayList<>();
        for (Parameter p : ordered) {
            if (belongs(p, task)) {
                alone.add(new Parameter(
                        alone.size(),
                        p.name(),
                        p.shape(),
                        p.initializer(),
                        p.fanIn(),
                        p.fanOut(),
                        p.penalty(),
                        p.owner(),
                        p.start(),
                        Parameter.Turn.JOINT));
            }
        }
        return new ParameterLayout(alone);
    }

    /**
     * {@return the part of the flat vector that a task changes in a step of its own, a view}
     *
     * @param flat a vector of {@link #length()} elements
     * @param task the task's number
     */
    public INDArray ownStep(INDArray flat, int task) {
        return flat.get(ownStepAt(task, 0));
    }

    /** Where these parameters lie in a vector that begins later than the flat one. */
    INDArrayIndex ownStepAt(int task, long begin) {
        long from = -1;
        long to = -1;
        for (Parameter p : ordered) {
            if (belongs(p, task)) {
                from = from < 0 ? offset(p) : from;
                to = offset(p) + p.length();
            }
        }
        return NDArrayIndex.interval(from - begin, to - begin);
    }

    private static boolean belongs(Parameter parameter, int task) {
        return parameter.turn() == Parameter.Turn.OWN && parameter.owner() == task;
    }

    /**
     * {@return where a parameter begins}
     *
     * @param parameter the parameter
     */
    public long offset(Parameter parameter) {
        return offsets[parameter.index()];
    }

    /**
     * {@return views of all parameters}
     *
     * @param flat a vector of {@link #length()} elements
     */
    public INDArray[] views(INDArray flat) {
        INDArray[] views = new INDArray[parameters.size()];
        parameters.forEach(p -> views[p.index()] = view(flat, p, offset(p)));
        return views;
    }

    /**
     * {@return views of all parameters: shared ones in one vector, the tasks' own in another, and those that the joint step
     * does not change in a third}
     *
     * @param shared a vector of at least {@link #sharedLength()} elements
     * @param own a vector of at least {@link #trainedLength()} elements
     * @param frozen a vector of at least {@code length() - trainedLength()} elements, or null if that is none
     */
    public INDArray[] views(INDArray shared, INDArray own, INDArray frozen) {
        INDArray[] views = new INDArray[parameters.size()];
        for (Parameter p : parameters) {
            views[p.index()] = p.trained()
                    ? view(p.shared() ? shared : own, p, offset(p))
                    : view(frozen, p, offset(p) - trainedLength);
        }
        return views;
    }

    private static INDArray view(INDArray flat, Parameter p, long from) {
        return flat.get(NDArrayIndex.interval(from, from + p.length())).reshape('c', p.shape());
    }
}
