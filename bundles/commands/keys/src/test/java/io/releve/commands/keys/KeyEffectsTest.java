package io.releve.commands.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.commands.lists.ListCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to the log: absolute times, deletions for times that have passed, nothing without a change. */
class KeyEffectsTest {
    private static final String[][] EXPECTED = {
        {"mset a 1 b 2 c 3 d 4", "mset a 1 b 2 c 3 d 4"},
        {"del a none", "del a none"},
        {"del none"},
        {"unlink none c", "unlink none c"},
        {"expire b 100", "PEXPIREAT b 1100000"},
        {"expire b 100 nx"},
        {"expire b 200 gt", "PEXPIREAT b 1200000"},
        {"pexpire b 5", "PEXPIREAT b 1000005"},
        {"expireat b 99999999999", "PEXPIREAT b 99999999999000"},
        {"pexpireat b 99999999999999", "PEXPIREAT b 99999999999999"},
        {"persist b", "persist b"},
        {"persist b"},
        {"expire b 0", "DEL b"},
        {"expire b 0"},
        {"rename d e", "rename d e"},
        {"rename e e"},
        {"rename none e"},
        {"renamenx e f", "renamenx e f"},
        {"set g 1", "set g 1"},
        {"renamenx f g"},
        {"move f 3", "move f 3"},
        {"move none 3"},
        {"copy g h", "copy g h"},
        {"copy g h"},
        {"copy g h replace", "copy g h replace"},
        {"copy g h db 3", "copy g h db 3"},
        {"touch g h"}, {"exists g"}, {"ttl g"}, {"type g"}, {"keys *"}, {"scan 0"}, {"randomkey"}, {"dbsize"},
        {"object encoding g"},
        {"swapdb 0 3", "swapdb 0 3"},
        {"flushdb async", "flushdb async"},
        {"flushdb", "flushdb"},
        {"flushall", "flushall"},
        {"flushall foo"},
        {"rpush l 3 1 2", "rpush l 3 1 2"},
        {"sort l"}, {"sort_ro l"}, {"dump l"}, {"wait 0 0"}, {"waitaof 0 0 0"},
        {"sort l desc store m", "sort l desc store m"},
        {"sort none store m", "sort none store m"},
        {"sort none store m"},
        {"migrate 127.0.0.1 1 none 0 100"},
    };

    /** A clock that stands still, so that absolute times are known. */
    private static final Clock CLOCK = new Clock() {
        @Override
        public long milliseconds() {
            return 1_000_000;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    };

    @Test
    void effectsAreRepeatable() throws IOException {
        try (TestEngine engine = new TestEngine(CLOCK, new KeyCommands(), new StringCommands(),
                new ListCommands())) {
            for (String[] line : EXPECTED) {
                engine.client.run(Comparison.words(line[0]));
                assertEquals(List.of(line).subList(1, line.length), engine.effects(), line[0]);
            }
        }
    }

    @Test
    void restoredKeysExpireAtATime() throws IOException {
        try (TestEngine engine = new TestEngine(CLOCK, new KeyCommands(), new StringCommands())) {
            String payload = OldPayloads.seal("\0\4text", 10);
            String[][] expected = {
                {"0", "restore k 0 P"},
                {"0 replace", "restore k 0 P replace"},
                {"0"},
                {"5000 replace", "restore k 1005000 P replace ABSTTL"},
                {"2000000 replace absttl", "restore k 2000000 P replace absttl"},
                {"1000 replace absttl", "DEL k"},
                {"1000 replace absttl"},
            };
            for (String[] line : expected) {
                String[] options = line[0].split(" ");
                List<String> words = new ArrayList<>(List.of("restore", "k", options[0], payload));
                words.addAll(List.of(options).subList(1, options.length));
                engine.client.run(words.toArray(String[]::new));
                assertEquals(List.of(line).subList(1, line.length),
                        engine.effects().stream().map(effect -> effect.replace(payload, "P")).toList(), line[0]);
            }
        }
    }
}
