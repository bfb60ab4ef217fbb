package io.releve.containers;

import aQute.bnd.header.Parameters;
import biz.aQute.resolve.Bndrun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The repository that the build makes: jars as in a Maven repository, {@code repository.xml}, the features of Karaf. */
final class Repository {
    static final Path DIRECTORY = Path.of(System.getProperty("releve.repository", "target/repository")).toAbsolutePath();
    private static final Path INDEX = DIRECTORY.resolve("repository.xml");
    /** What several tests ask for: it takes seconds. */
    private static final Map<List<String>, List<String>> RESOLVED = new ConcurrentHashMap<>();

    private final Map<String, Path> bundles = new TreeMap<>();

    Repository() throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    String name = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                    if (name == null) {
                        throw new IOException(jar + " is not a bundle");
                    }
                    bundles.put(name.split(";")[0].trim(), jar);
                }
            }
        }
    }

    /** By symbolic name. */
    Map<String, Path> bundles() {
        return bundles;
    }

    Path bundle(String name) {
        return bundles.get(name);
    }

    List<Path> bundles(List<String> names) {
        return names.stream().map(this::bundle).toList();
    }

    /** Symbolic names of the bundles of ours that a feature of Karaf has, with those of the features it needs. */
    Set<String> feature(String name) throws Exception {
        Document features;
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            Path file = files.filter(path -> path.toString().endsWith("-features.xml")).findFirst().orElseThrow();
            features = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        }
        Set<String> found = new TreeSet<>();
        collect(features, name, found);
        return found;
    }

    private void collect(Document features, String name, Set<String> found) {
        NodeList all = features.getDocumentElement().getElementsByTagName("feature");
        for (int i = 0; i < all.getLength(); i++) {
            Element feature = (Element) all.item(i);
            if (!name.equals(feature.getAttribute("name"))) {
                continue;
            }
            for (Node node = feature.getFirstChild(); node != null; node = node.getNextSibling()) {
                String text = node.getTextContent().trim();
                if (node.getNodeName().equals("feature")) {
                    collect(features, text, found);
                } else if (text.startsWith("mvn:io.releve/")) {
                    String artifact = text.split("/")[1];
                    bundles.forEach((symbolicName, jar) -> {
                        if (jar.getParent().getParent().getFileName().toString().equals(artifact)) {
                            found.add(symbolicName);
                        }
                    });
                }
            }
        }
    }

    /**
     * What bnd's resolver finds to be needed beside a framework.
     *
     * @param folder for a file
     * @param required symbolic names
     * @return symbolic names
     */
    static List<String> resolve(Path folder, String... required) throws Exception {
        List<String> known = RESOLVED.get(List.of(required));
        if (known == null) {
            known = search(folder, required);
            RESOLVED.put(List.of(required), known);
        }
        return new ArrayList<>(known);
    }

    private static List<String> search(Path folder, String... required) throws Exception {
        Path file = Files.writeString(folder.resolve("needed.bndrun"), """
                -standalone: %s
                -runfw: org.apache.felix.framework
                -runee: JavaSE-17
                -resolve.effective: active
                -runrequires: %s
                """.formatted(INDEX.toUri(), Stream.of(required).map(name -> "bnd.identity;id=" + name)
                .collect(Collectors.joining(","))));
        try (Bndrun run = Bndrun.createBndrun(null, file.toFile())) {
            String found = run.resolve(false, false);
            if (!run.isOk()) {
                throw new IOException(String.join("\n", run.getErrors()));
            }
            return new ArrayList<>(new Parameters(found).keySet());
        }
    }
}
