package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The rules of the house, checked on the jars of the package. */
class HouseIT {
    private static final String API = "io.releve.api";
    /** For host code; what it exports it may import itself, others of ours not. */
    private static final String EMBEDDED = "io.releve.embedded";
    /** Libraries for the bundle above each. */
    private static final Set<String> RUNTIMES = Set.of("io.releve.chronicle.runtime", "io.releve.lua.runtime", "io.releve.tls.runtime");
    /** Copied into every bundle that uses them. */
    private static final String FORMATS = "io.releve.format.";

    @Test
    void noPackageIsInTwoBundles() throws IOException {
        Map<String, List<String>> places = new TreeMap<>();
        for (Path jar : Manifests.ourBundles()) {
            for (String name : Manifests.packages(jar)) {
                places.computeIfAbsent(name, n -> new ArrayList<>()).add(jar.getFileName().toString());
            }
        }
        assertTrue(places.size() > 10, places.toString());
        places.forEach((name, jars) -> assertTrue(jars.size() == 1 || (name + '.').startsWith(FORMATS),
                name + " is in " + jars));
    }

    @Test
    void bundlesImportOnlyTheApiOfUs() throws IOException {
        Set<String> allowed = new TreeSet<>();
        for (Path jar : Manifests.ourBundles()) {
            String name = Manifests.header(jar, "Bundle-SymbolicName");
            Set<String> exports = Manifests.paths(Manifests.header(jar, "Export-Package"));
            if (name.equals(API) || RUNTIMES.contains(name)) {
                allowed.addAll(exports);
            } else if (name.equals(EMBEDDED)) {
                assertEquals(Set.of(EMBEDDED), exports, name + " exports");
            } else {
                assertEquals(Set.of(), exports, name + " exports");
            }
            assertEquals("", Manifests.header(jar, "Require-Bundle"), name);
        }
        assertTrue(allowed.contains("io.releve.command"), allowed.toString());
        for (Path jar : Manifests.ourBundles()) {
            Set<String> imports = Manifests.paths(Manifests.header(jar, "Import-Package"));
            imports.addAll(Manifests.paths(Manifests.header(jar, "DynamicImport-Package")));
            for (String name : imports) {
                assertTrue(!name.startsWith("io.releve.") || allowed.contains(name)
                        || name.equals(EMBEDDED) && Manifests.packages(jar).contains(EMBEDDED), jar + " imports " + name);
                assertTrue(!(name + '.').startsWith(FORMATS) && !name.equals("*"), jar + " imports " + name);
            }
        }
    }

    @Test
    void signaturesOfTheApiNameOnlyTypesOfJavaAndOurs() throws Exception {
        Path jar = CopiedInstallation.packagedJar("releve-api-");
        int types = 0;
        try (JarFile file = new JarFile(jar.toFile())) {
            for (String entry : file.stream().map(e -> e.getName()).filter(n -> n.endsWith(".class")).toList()) {
                Class<?> type = Class.forName(entry.substring(0, entry.length() - 6).replace('/', '.'), false,
                        getClass().getClassLoader());
                if (visible(type.getModifiers())) {
                    types++;
                    check(type);
                }
            }
        }
        assertTrue(types > 40, types + " types");
    }

    private static boolean visible(int modifiers) {
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static void check(Class<?> type) {
        List<Type> named = new ArrayList<>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            named.add(type.getGenericSuperclass());
        }
        addBounds(named, type.getTypeParameters());
        for (Field field : type.getDeclaredFields()) {
            if (visible(field.getModifiers())) {
                named.add(field.getGenericType());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (visible(method.getModifiers())) {
                named.add(method.getGenericReturnType());
                addParameters(named, method);
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (visible(constructor.getModifiers())) {
                addParameters(named, constructor);
            }
        }
        named.forEach(name -> check(name, type));
    }

    private static void addParameters(List<Type> named, Executable executable) {
        named.addAll(Arrays.asList(executable.getGenericParameterTypes()));
        named.addAll(Arrays.asList(executable.getGenericExceptionTypes()));
        addBounds(named, executable.getTypeParameters());
    }

    private static void addBounds(List<Type> named, TypeVariable<?>[] variables) {
        for (TypeVariable<?> variable : variables) {
            for (Type bound : variable.getBounds()) {
                // a bound that names its own variable would never end
                named.add(bound instanceof ParameterizedType parameterized ? parameterized.getRawType() : bound);
            }
        }
    }

    private static void check(Type name, Class<?> where) {
        if (name instanceof Class<?> type) {
            Class<?> element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            assertTrue(element.isPrimitive() || element.getName().startsWith("java.")
                    || element.getName().startsWith("javax.net.ssl.") || element.getName().startsWith("io.releve."), where.getName() + " names " + element.getName());
        } else if (name instanceof ParameterizedType type) {
            check(type.getRawType(), where);
            for (Type argument : type.getActualTypeArguments()) {
                check(argument, where);
            }
        } else if (name instanceof GenericArrayType type) {
            check(type.getGenericComponentType(), where);
        } else if (name instanceof WildcardType type) {
            for (Type bound : type.getUpperBounds()) {
                check(bound, where);
            }
            for (Type bound : type.getLowerBounds()) {
                check(bound, where);
            }
        }
    }
}
