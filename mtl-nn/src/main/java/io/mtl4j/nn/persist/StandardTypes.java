package io.mtl4j.nn.persist;

import io.mtl4j.nn.head.AnswerFormat;
import io.mtl4j.nn.head.CrossEntropy;
import io.mtl4j.nn.head.TaskHead;
import io.mtl4j.nn.layer.ActivationLayer;
import io.mtl4j.nn.layer.AvgPool2d;
import io.mtl4j.nn.layer.BatchNorm;
import io.mtl4j.nn.layer.Chain;
import io.mtl4j.nn.layer.Conv2d;
import io.mtl4j.nn.layer.Dense;
import io.mtl4j.nn.layer.Dropout;
import io.mtl4j.nn.layer.Flatten;
import io.mtl4j.nn.layer.GlobalPool;
import io.mtl4j.nn.layer.MaxPool2d;
import io.mtl4j.nn.layer.Regularized;
import io.mtl4j.nn.layer.Residual;
import io.mtl4j.nn.layer.Shape;
import io.mtl4j.nn.sharing.HardSharing;
import java.util.ArrayList;
import java.util.List;

/** The library's own parts of models. The simple names of these classes are part of the file format. */
final class StandardTypes {

    /** Sealed families that are written with their names. */
    static final List<Class<?>> CLOSED = List.of(AnswerFormat.class);

    /** Every record that a file may name. */
    static final List<Class<? extends Record>> ALL = all();

    private StandardTypes() {}

    private static List<Class<? extends Record>> all() {
        List<Class<? extends Record>> types = new ArrayList<>(List.of(
                ActivationLayer.class,
                AvgPool2d.class,
                BatchNorm.class,
                Chain.class,
                Conv2d.class,
                Dense.class,
                Dropout.class,
                Flatten.class,
                GlobalPool.class,
                MaxPool2d.class,
                Regularized.class,
                Residual.class,
                HardSharing.class,
                TaskHead.class,
                CrossEntropy.class));
        addPermitted(Shape.class, types);
        CLOSED.forEach(family -> addPermitted(family, types));
        return List.copyOf(types);
    }

    private static void addPermitted(Class<?> sealed, List<Class<? extends Record>> types) {
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            types.add(permitted.asSubclass(Record.class));
        }
    }
}
