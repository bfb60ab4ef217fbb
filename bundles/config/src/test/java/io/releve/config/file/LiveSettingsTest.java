package io.releve.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.config.Directive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Error texts were compared with those of redis-server 7.0, without the ERR that the command puts before them. */
class LiveSettingsTest {
    private final DirectiveTable table = TestDirectives.table();
    private final LiveSettings settings = new LiveSettings(table, null, new Statements(io.releve.engine.Mode.SERVER));

    private static Map<String, List<String>> changes(String... namesAndValues) {
        Map<String, List<String>> changes = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changes.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return changes;
    }

    private void refuses(String text, String... namesAndValues) {
        Map<String, String> before = settings.find("*");
        assertEquals(text, assertThrows(IllegalArgumentException.class,
                () -> settings.set(changes(namesAndValues))).getMessage());
        assertEquals(before, settings.find("*"));
    }

    @Test
    void errorTexts() {
        refuses("Unknown option or number of arguments for CONFIG SET - 'xyz'", "hz", "20", "xyz", "1");
        refuses("Unknown option or number of arguments for CONFIG SET - 'rename-command'", "rename-command", "a b");
        refuses("CONFIG SET failed (possibly related to argument 'port') - argument must be between 0 and 65535"
                + " inclusive", "port", "99999");
        refuses("CONFIG SET failed (possibly related to argument 'databases') - can't set immutable config",
                "databases", "3");
        refuses("CONFIG SET failed (possibly related to argument 'lua-time-limit') - duplicate parameter",
                "busy-reply-threshold", "1", "lua-time-limit", "2");
        refuses("CONFIG SET failed (possibly related to argument 'save') - Invalid save parameters", "save", "a b");
        refuses("CONFIG SET failed (possibly related to argument 'save') - Invalid save parameters",
                "hz", "11", "save", "100 1 200");
        refuses("CONFIG SET failed (possibly related to argument 'hz') - argument couldn't be parsed into an integer",
                "hz", "10 20");
        refuses("CONFIG SET failed (possibly related to argument 'appendonly') - argument must be 'yes' or 'no'",
                "appendonly", "maybe");
    }

    @Test
    void valuesOfSeveralWords() {
        settings.set(changes("bind", "127.0.0.1 ::1", "save", "900 1 300 2", "client-output-buffer-limit",
                "normal 1 2 3", "requirepass", "two words"));
        assertEquals(List.of("127.0.0.1", "::1"), settings.get(TestDirectives.BIND));
        assertEquals("900 1 300 2", settings.find("save").get("save"));
        assertEquals("two words", settings.get(TestDirectives.PASSWORD));
        settings.set(changes("save", "100 5", "client-output-buffer-limit", "pubsub 4 5 6"));
        assertEquals("100 5", settings.find("save").get("save"));
        assertEquals("normal 1 2 3 slave 9 9 9 pubsub 4 5 6",
                settings.find("client-output-buffer-limit").get("client-output-buffer-limit"));
        settings.set(changes("save", ""));
        assertEquals("", settings.find("save").get("save"));
    }

    @Test
    void patternsAndAliases() {
        assertEquals(Map.of("lua-time-limit", "5000"), settings.find("LUA-time-*"));
        settings.set(changes("LUA-TIME-LIMIT", "7"));
        assertEquals("7", settings.find("busy-reply-threshold").get("busy-reply-threshold"));
        assertTrue(settings.find("slave*").containsKey("slaveof"));
        assertTrue(settings.find("nope").isEmpty());
    }

    @Test
    void appliersFollowAndAreRolledBack() throws Exception {
        List<String> seen = new ArrayList<>();
        settings.watch(TestDirectives.HZ, hz -> seen.add("hz " + hz));
        AutoCloseable port = settings.watch(TestDirectives.PORT, value -> {
            if (value == 13) {
                throw new IllegalArgumentException("Unable to listen on this port. Check server logs.");
            }
            seen.add("port " + value);
        });
        assertEquals(List.of("hz 10", "port 6379"), seen);
        settings.set(changes("hz", "20", "port", "7000"));
        seen.clear();
        refuses("CONFIG SET failed (possibly related to argument 'port') - Unable to listen on this port. Check"
                + " server logs.", "hz", "30", "port", "13");
        assertEquals(List.of("hz 30", "port 7000", "hz 20"), seen);
        assertEquals(20, settings.get(TestDirectives.HZ));
        port.close();
        settings.set(changes("port", "13"));
        assertEquals(13, settings.get(TestDirectives.PORT));
    }

    @Test
    void aLaterDeclarationTakesOver() throws Exception {
        settings.load(ConfigFile.parse("test", "appendfsync always\nsave 900 1"));
        Directive<String> declared = Directive.choice("appendfsync", "everysec", "always", "everysec", "no");
        table.declare(() -> List.of(declared));
        assertEquals("always", settings.get(declared));
        assertTrue(settings.isGiven(declared));
        assertEquals(null, table.attitude(declared));
    }

    @Test
    void secretsAreNotMirrored() {
        settings.set(changes("requirepass", "secret", "masterauth", "secret"));
        assertFalse(settings.mirrored().containsValue("secret"));
        assertEquals("6379", settings.mirrored().get("port"));
    }

    @Test
    void withoutAFileThereIsNothingToRewrite() {
        assertEquals("The server is running without a config file",
                assertThrows(IOException.class, settings::rewrite).getMessage());
        assertEquals("", settings.file());
    }

    @Test
    void presetsAreNotGiven() throws Exception {
        settings.preset("bind", List.of("127.0.0.1", "-::1"));
        settings.load(List.of());
        assertEquals(List.of("127.0.0.1", "-::1"), settings.get(TestDirectives.BIND));
        assertFalse(settings.isGiven(TestDirectives.BIND));
    }

    @Test
    void defaultsCanBeReadBack() {
        for (Directive<?> directive : table.all()) {
            Value<?> value = Value.byDefault(directive);
            if (!value.shown().isEmpty() && !directive.name().equals("replicaof")) {
                assertEquals(value.shown(), Value.parse(directive, value.shownWords(), true).shown(), directive.name());
            }
        }
    }
}
