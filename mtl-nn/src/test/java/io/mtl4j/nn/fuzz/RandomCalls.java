package io.mtl4j.nn.fuzz;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Calls public methods with arguments at random: sizes and rates that make sense, and such as make none. */
final class RandomCalls {

    private static final int[] INTS = {Integer.MIN_VALUE, -1, 0, 1, 2, 3, 4, 8, 10, 16, 100, 65_536, Integer.MAX_VALUE};
    private static final double[] DOUBLES = {
        Double.NEGATIVE_INFINITY,
        -1,
        -0.0,
        1e-320,
        1e-3,
        0.1,
        0.5,
        0.9,
        1,
        2,
        1e30,
        Double.POSITIVE_INFINITY,
        Double.NaN
    };
    private static final List<String> WORDS = List.of("", " ", "a", "b", "task", "Überschrift", "</script>", "a\nb");

    private final RandomGenerator random;

    RandomCalls(RandomGenerator random) {
        this.random = random;
    }

    /** The result of a static method of a class that makes things of a type; empty if the method refused. */
    <T> Optional<T> make(Class<?> factory, Class<T> type) {
        List<Method> methods = methods(factory, type, true);
        return call(null, methods.get(random.nextInt(methods.size()))).map(type::cast);
    }

    /** An object after some calls of methods that return another of its type; those that refuse are left out. */
    <T> T refine(T start, Class<T> type, int calls) {
        T at = start;
        List<Method> methods = methods(start.getClass(), type, false);
        for (int i = 0; i < calls && !methods.isEmpty(); i++) {
            Method method = methods.get(random.nextInt(methods.size()));
            at = call(at, method).map(type::cast).orElse(at);
        }
        return at;
    }

    private static List<Method> methods(Class<?> of, Class<?> returning, boolean factory) {
        return Arrays.stream(of.getMethods())
                .filter(m -> Modifier.isStatic(m.getModifiers()) == factory)
                .filter(m -> returning.isAssignableFrom(m.getReturnType()))
                .filter(m -> Arrays.stream(m.getParameterTypes()).allMatch(RandomCalls::known))
                .sorted(Comparator.comparing(Method::toGenericString))
                .toList();
    }

    private static boolean known(Class<?> type) {
        return type == int.class
                || type == long.class
                || type == double.class
                || type == float.class
                || type == boolean.class
                || type == String.class
                || type.isEnum()
                || type.isArray() && known(type.getComponentType());
    }

    private Optional<Object> call(Object target, Method method) {
        Object[] arguments =
                Arrays.stream(method.getParameterTypes()).map(this::argument).toArray();
        try {
            return Optional.of(method.invoke(target, arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal && refusal.getMessage() != null) {
                return Optional.empty();
            }
            throw new AssertionError(method + " of " + Arrays.deepToString(arguments) + " threw " + e.getCause(), e);
        } catch (IllegalAccessException e) {
            throw new AssertionError(method + " cannot be called", e);
        }
    }

    private Object argument(Class<?> type) {
        if (type.isArray()) {
            int length = random.nextInt(4);
            Object array = Array.newInstance(type.getComponentType(), length);
            for (int i = 0; i < length; i++) {
                Array.set(array, i, argument(type.getComponentType()));
            }
            return array;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        return switch (type.getName()) {
            case "int" -> INTS[random.nextInt(INTS.length)];
            case "long" -> (long) INTS[random.nextInt(INTS.length)];
            case "double" -> DOUBLES[random.nextInt(DOUBLES.length)];
            case "float" -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case "boolean" -> random.nextBoolean();
            default -> WORDS.get(random.nextInt(WORDS.size()));
        };
    }
}
