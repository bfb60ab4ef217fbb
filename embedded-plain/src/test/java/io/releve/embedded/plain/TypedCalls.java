package io.releve.embedded.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.embedded.Requests;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calls the methods of one interface of typed commands by name: each form of one that takes the arguments as they are, or texts as
 * bytes, on the same data, with the same result. {@link #assertComplete} fails when a method was never called.
 */
final class TypedCalls {
    private final Requests target;
    private final Class<?> commands;
    private final Set<Method> missing = new LinkedHashSet<>();
    private List<String> given = List.of();

    TypedCalls(Requests target, Class<?> commands) {
        this.target = target;
        this.commands = commands;
        Arrays.stream(commands.getDeclaredMethods()).filter(Method::isDefault).forEach(missing::add);
    }

    static String[] words(String... words) {
        return words;
    }

    /** What is there before each of the following calls: commands, words with a blank between them. */
    void given(String... requests) {
        given = List.of(requests);
    }

    /** @param result as {@link ShownResult} shows it; a pattern behind {@code ~}; a list in any order behind {@code #} */
    void expect(String result, String name, Object... arguments) {
        int calls = 0;
        for (Method method : commands.getDeclaredMethods()) {
            Object[] converted = method.getName().equals(name) ? converted(method, arguments) : null;
            if (converted != null) {
                prepare();
                check(result, method, converted);
                missing.remove(method);
                calls++;
            }
        }
        assertTrue(calls > 0, () -> "no " + name + " takes " + Arrays.deepToString(arguments));
    }

    private void prepare() {
        target.call("FLUSHALL");
        for (String each : given) {
            String[] words = each.split(" ");
            assertFalse(target.call(words[0], Arrays.copyOfRange(words, 1, words.length)).isError(), each);
        }
    }

    private void check(String result, Method method, Object[] arguments) {
        Object returned;
        try {
            returned = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(method.toString(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        if (result.startsWith("~")) {
            String shown = ShownResult.of(returned);
            assertTrue(shown.matches("(?s)" + result.substring(1)), () -> method + " returned " + shown);
        } else if (result.startsWith("#")) {
            assertEquals(result.substring(1), ShownResult.sorted(returned), method::toString);
        } else {
            assertEquals(result, ShownResult.of(returned), method::toString);
        }
    }

    void assertComplete() {
        assertEquals(Set.of(), missing, "never called");
    }

    // Arguments

    /** Null when the method does not take them. */
    private static Object[] converted(Method method, Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != arguments.length) {
            return null;
        }
        boolean binary = types.length > 0 && types[0] == byte[].class;
        Object[] converted = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            converted[i] = converted(types[i], arguments[i], binary);
            if (converted[i] == null) {
                return null;
            }
        }
        return converted;
    }

    private static Object converted(Class<?> type, Object argument, boolean binary) {
        if (argument instanceof String text && type == byte[].class) {
            return bytes(text);
        }
        if (argument instanceof String[] texts && type == byte[][].class) {
            return Arrays.stream(texts).map(TypedCalls::bytes).toArray(byte[][]::new);
        }
        if (argument instanceof Number number && type.isPrimitive()) {
            return number(type, number);
        }
        if (argument instanceof Map<?, ?> map && type == Map.class && binary) {
            Map<Object, Object> converted = new LinkedHashMap<>();
            map.forEach((key, value) -> converted.put(bytes((String) key), value instanceof String text ? bytes(text) : value));
            return converted;
        }
        return type.isInstance(argument) || argument instanceof Boolean && type == boolean.class ? argument : null;
    }

    private static Object number(Class<?> type, Number number) {
        if (type == double.class) {
            return number.doubleValue();
        }
        if (number instanceof Double) {
            return null;
        }
        return type == int.class ? (Object) number.intValue() : type == long.class ? number.longValue() : null;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return commands.getSimpleName() + " without " + new ArrayList<>(missing);
    }
}
