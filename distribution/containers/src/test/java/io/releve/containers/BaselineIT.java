package io.releve.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Clazz;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.version.Version;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * The API of today beside the first one: what bundles use is still there and the same, and a package in which anything was
 * added has a higher minor version. Up to the first release what others implement may grow by that too (docs/extending.md).
 */
class BaselineIT {
    private static final Path FIRST = Path.of("../src/test/fixtures/releve-api-0.1.0.jar");
    private static final String ROLES = "Lorg/osgi/annotation/versioning/";

    private static Path today() throws Exception {
        return new Repository().bundle("io.releve.api");
    }

    @Test
    void nothingThatBundlesUseIsGoneAndWhatIsNewHasAVersion() throws Exception {
        List<String> wrong = new ArrayList<>();
        int packages = 0;
        try (Jar newer = new Jar(today().toFile()); Jar older = new Jar(FIRST.toFile())) {
            DiffPluginImpl differ = new DiffPluginImpl();
            Tree now = differ.tree(newer).get("<api>");
            Tree before = differ.tree(older).get("<api>");
            for (Diff change : now.diff(before).getChildren()) {
                if (Set.of(Delta.UNCHANGED, Delta.ADDED, Delta.MICRO).contains(change.getDelta())) {
                    continue;
                }
                packages++;
                removals(change, change.getName(), wrong);
                Version version = version(newer, change.getName());
                Version first = version(older, change.getName());
                if (version.getMajor() != first.getMajor() || version.getMinor() <= first.getMinor()) {
                    wrong.add(change.getName() + " has changed (" + change.getDelta() + ") and is " + version + " after " + first);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(packages > 0, "the first API is not the same");
    }

    private static Version version(Jar jar, String name) throws Exception {
        return new Version(OSGiHeader.parseHeader(jar.getManifest().getMainAttributes().getValue("Export-Package")).get(name)
                .getVersion());
    }

    /** Types and members that are gone. What has another signature is gone under the old one. */
    private static void removals(Diff diff, String path, List<String> wrong) {
        for (Diff child : diff.getChildren()) {
            switch (child.getType()) {
                case CLASS, INTERFACE, ENUM, ANNOTATION, METHOD, FIELD -> {
                    String name = path + " " + child.getName();
                    if (child.getDelta() == Delta.REMOVED) {
                        wrong.add(name + " is gone");
                    } else {
                        removals(child, name, wrong);
                    }
                }
                default -> { }
            }
        }
    }

    /** Who may implement a type decides how an import of its package is bounded. */
    @Test
    void everyInterfaceSaysWhoImplementsIt() throws Exception {
        int interfaces = 0;
        try (JarFile file = new JarFile(today().toFile())) {
            for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (InputStream in = file.getInputStream(entry)) {
                    byte[] content = in.readAllBytes();
                    Clazz type = new Clazz(new Analyzer(), entry.getName(), new EmbeddedResource(content, 0));
                    type.parseClassFile();
                    if (type.isInterface() && type.isPublic() && !type.isAnnotation() && !entry.getName().contains("package-info")) {
                        interfaces++;
                        String constants = new String(content, StandardCharsets.ISO_8859_1);
                        assertTrue(constants.contains(ROLES + "ProviderType;") || constants.contains(ROLES + "ConsumerType;"),
                                entry.getName() + " is of no role");
                    }
                }
            }
        }
        assertTrue(interfaces > 40, interfaces + " interfaces");
    }

    @Test
    void everyBundleSaysWhatAConsoleShows() throws Exception {
        for (Map.Entry<String, Path> bundle : new Repository().bundles().entrySet()) {
            if (!bundle.getKey().startsWith("io.releve.")) {
                continue;
            }
            try (JarFile file = new JarFile(bundle.getValue().toFile())) {
                Attributes main = file.getManifest().getMainAttributes();
                for (String header : List.of("Bundle-Name", "Bundle-Description", "Bundle-License", "Bundle-SCM", "Bundle-DocURL")) {
                    assertNotNull(main.getValue(header), bundle.getKey() + ": " + header);
                    assertFalse(main.getValue(header).contains("${"), bundle.getKey() + ": " + header);
                }
                assertEquals(bundle.getKey(), main.getValue("Automatic-Module-Name"));
            }
        }
    }
}
