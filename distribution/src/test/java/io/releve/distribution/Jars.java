package io.releve.distribution;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Bundles made by tests. */
final class Jars {
    private Jars() {
    }

    /** The same bundle under another version. */
    static Path withVersion(Path jar, String version, Path target) throws IOException {
        return withHeaders(jar, Map.of("Bundle-Version", version), target);
    }

    /** The same bundle with some headers of its manifest replaced. */
    static Path withHeaders(Path jar, Map<String, String> headers, Path target) throws IOException {
        try (JarFile source = new JarFile(jar.toFile()); OutputStream file = Files.newOutputStream(target)) {
            Manifest manifest = source.getManifest();
            headers.forEach(manifest.getMainAttributes()::putValue);
            try (JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : Collections.list(source.entries())) {
                    if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        source.getInputStream(entry).transferTo(out);
                    }
                }
            }
        }
        return target;
    }

    /**
     * A bundle with one class that Declarative Services registers as a command set.
     *
     * @param imports packages of the API it imports, as in the manifest
     */
    static Path commandSet(Class<?> type, String imports, Path target) throws IOException {
        return commandSet(type, imports, "", target);
    }

    /** @param references of the component, as its description has them */
    static Path commandSet(Class<?> type, String imports, String references, Path target) throws IOException {
        String component = "OSGI-INF/component.xml";
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", type.getName());
        main.putValue("Bundle-Version", "1.0.0");
        main.putValue("Import-Package", imports);
        main.putValue("Service-Component", component);
        String description = """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                  <service><provide interface="io.releve.command.CommandSet"/></service>
                  %2$s<implementation class="%1$s"/>
                </scr:component>
                """.formatted(type.getName(), references);
        String classFile = type.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(target);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            Map<String, byte[]> entries = Map.of(component, description.getBytes(StandardCharsets.UTF_8), classFile,
                    type.getClassLoader().getResourceAsStream(classFile).readAllBytes());
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return target;
    }
}
