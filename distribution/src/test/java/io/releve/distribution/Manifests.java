package io.releve.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/** What the bundles of the package say of themselves. */
final class Manifests {
    private Manifests() {
    }

    /** Bundles whose symbolic name begins with {@code io.releve.}. */
    static List<Path> ourBundles() throws IOException {
        List<Path> ours = new ArrayList<>();
        for (Path jar : CopiedInstallation.packagedJars()) {
            if (header(jar, "Bundle-SymbolicName").startsWith("io.releve.")) {
                ours.add(jar);
            }
        }
        return ours;
    }

    /** A main header, empty when it is not there. */
    static String header(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            String value = file.getManifest().getMainAttributes().getValue(name);
            return value == null ? "" : value;
        }
    }

    /** The paths of a header of clauses (OSGi Core, 3.2.4), without attributes and directives. */
    static Set<String> paths(String header) {
        Set<String> paths = new LinkedHashSet<>();
        boolean quoted = false;
        boolean parameters = false;
        StringBuilder word = new StringBuilder();
        for (char c : (header + ',').toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';' && !parameters)) {
                if (!parameters && !word.toString().isBlank()) {
                    paths.add(word.toString().trim());
                }
                parameters = false;
                word.setLength(0);
            } else if (!quoted && (c == '=' || c == ':')) {
                parameters = true;
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        return paths;
    }

    /** Packages with classes in a jar. */
    static Set<String> packages(Path jar) throws IOException {
        Set<String> packages = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(".class") && name.contains("/"))
                    .filter(name -> !name.startsWith("META-INF/"))
                    .forEach(name -> packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
        }
        return packages;
    }
}
