package io.releve.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The properties of {@code conf/config.properties}, with {@code ${releve.home}} and {@code ${releve.cache}} replaced.
 * System properties of the same name take precedence.
 */
final class FrameworkProperties {
    private FrameworkProperties() {
    }

    static Map<String, String> load(Path home, Path cache) throws IOException {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("conf/config.properties"))) {
            file.load(reader);
        }
        Map<String, String> properties = new HashMap<>();
        for (String name : file.stringPropertyNames()) {
            String value = System.getProperty(name, file.getProperty(name));
            properties.put(name, value.replace("${releve.home}", home.toString())
                    .replace("${releve.cache}", cache.toString()));
        }
        properties.put("releve.launcher", "true");
        properties.put("releve.home", home.toString());
        return properties;
    }
}
