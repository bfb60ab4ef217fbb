package io.releve.commands.scripting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.commands.hashes.HashCommands;
import io.releve.commands.keys.KeyCommands;
import io.releve.commands.lists.ListCommands;
import io.releve.commands.sets.SetCommands;
import io.releve.commands.sortedsets.SortedSetCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same scripts here and on a real server. */
class ScriptRepliesTest {
    private Oracle oracle;
    private TestEngine engine;
    private Comparison comparison;
    private final ScriptingCommands scripting = new ScriptingCommands();

    /** All that the scripts call. */
    static CommandSet[] with(ScriptingCommands scripting) {
        return new CommandSet[] {scripting, new StringCommands(), new KeyCommands(), new ListCommands(), new HashCommands(),
            new SetCommands(), new SortedSetCommands(), new io.releve.commands.connection.ConnectionCommands()};
    }

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), with(scripting));
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        scripting.close();
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : scripting.commands()) {
            facts.compare(command);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void scripts(int protocol) throws IOException {
        oracle.run("hello", Integer.toString(protocol));
        engine.client.session().protocol(protocol);
        comparison.script("hset hh f v\nsadd ss m\nzadd zz 1.5 a\nset a 1");
        try (InputStream in = getClass().getResourceAsStream("scripts.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                comparison.run("EVAL", line, "0");
            }
        }
    }

    @Test
    void keysArgumentsAndTheCache() {
        comparison.script("""
                eval "return {KEYS[1],KEYS[2],ARGV[1],ARGV[2]}" 2 a b c d
                eval "return {KEYS[1],ARGV[1]}" 1 "" "\\0\\xff"
                eval "return 1" 3 a
                eval "return 1" -1
                eval "return 1" x
                eval "return #ARGV" 0 1 2 3
                evalsha e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
                script load "return 1"
                evalsha e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
                evalsha E0E1F9FABFC9D4800C877A703B823AC0578FF8DB 0
                evalsha_ro e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
                script exists e0e1f9fabfc9d4800c877a703b823ac0578ff8db x
                script flush
                script flush async
                script flush x
                evalsha e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
                eval_ro "return redis.call('set','a',1)" 0
                eval "#!lua flags=no-writes\\nreturn redis.call('set','a',1)" 0
                eval "#!lua flags=foo\\nreturn 1" 0
                eval "#!lua flags=no-writes,allow-stale,allow-oom,no-cluster,allow-cross-slot-keys\\nreturn 1" 0
                eval "#!foo\\nreturn 1" 0
                eval "#!lua x\\nreturn 1" 0
                eval "#!lua" 0
                eval_ro "#!lua\\nreturn 1" 0
                script kill
                script help
                script debug x
                script load "not lua"
                eval "return redis.call('select',3)" 0
                get a
                """);
    }

    /** More words, and longer ones, than are handed over at once. */
    @Test
    void manyAndLongArguments() {
        for (int count : new int[] {0, 1, 12, 13, 200, 201, 500}) {
            List<String> words = new ArrayList<>(List.of("EVAL",
                    "return {#KEYS,#ARGV,table.concat(KEYS,','),table.concat(ARGV,',')}", "" + count / 2));
            for (int i = 0; i < count; i++) {
                words.add("w" + i);
            }
            comparison.run(words.toArray(String[]::new));
        }
        for (int length : new int[] {0, 1, 63, 64, 65, 16383, 16384, 16385, 40_000}) {
            comparison.run("EVAL", "redis.call('set',KEYS[1],ARGV[1]) return {#ARGV[1],redis.call('get',KEYS[1])}", "1", "k",
                    "x".repeat(length));
        }
    }

    /** The payload is compressed in other words than there, and means the same. */
    @Test
    void payloadsAreExchanged() {
        String load = "#!lua name=l\nredis.register_function('f', function() return 'of the payload' end)";
        oracle.run("FUNCTION", "LOAD", load);
        String theirs = payload(oracle.run("FUNCTION", "DUMP"));
        assertEquals("+OK\r\n", engine.client.run("FUNCTION", "RESTORE", theirs));
        assertEquals("$14\r\nof the payload\r\n", engine.client.run("FCALL", "f", "0"));
        assertTrue(engine.client.run("FUNCTION", "RESTORE", theirs).startsWith("-ERR Library 'l' already exists"));
        assertEquals("+OK\r\n", engine.client.run("FUNCTION", "RESTORE", theirs, "REPLACE"));
        String ours = payload(engine.client.run("FUNCTION", "DUMP"));
        assertEquals("+OK\r\n", oracle.run("FUNCTION", "RESTORE", ours, "FLUSH"));
        assertEquals("$14\r\nof the payload\r\n", oracle.run("FCALL", "f", "0"));
        assertEquals("+OK\r\n", engine.client.run("FUNCTION", "RESTORE", theirs, "FLUSH"));
    }

    private static String payload(String bulk) {
        return bulk.substring(bulk.indexOf('\n') + 1, bulk.length() - 2);
    }

    @Test
    void functions() {
        String load = "function load \"#!lua name=q\\n%s\"\nfunction flush\n";
        StringBuilder script = new StringBuilder();
        for (String body : new String[] {"redis.register_function({}, function() end)", "redis.register_function('a', 1)",
            "redis.register_function('a')", "redis.register_function()", "redis.register_function('a',function() end,1)",
            "redis.register_function{function_name='a'}", "redis.register_function{callback=function() end}",
            "redis.register_function{function_name='a',callback=1}",
            "redis.register_function{function_name='a',callback=function() end,flags=1}",
            "redis.register_function{function_name='a',callback=function() end,flags={'x'}}",
            "redis.register_function{function_name='a',callback=function() end,x=1}",
            "redis.register_function{function_name='a',callback=function() end,description={}}",
            "redis.register_function('a',function() end) redis.register_function('a',function() end)",
            "function foo() end", "return KEYS", "redis.setresp(3)", "foo.bar=1", "return 1", "foo",
            "redis.register_function('a-b',function() end)"}) {
            script.append(String.format(load, body));
        }
        comparison.script(script.toString());
        comparison.script("""
                function load "return 1"
                function load "#!lua\\nreturn 1"
                function load "#!foo name=a\\nreturn 1"
                function load "#!lua name=a-b\\nreturn 1"
                function load "#!lua name=a name=b\\nreturn 1"
                function load "#!lua name=l\\nredis.register_function{function_name='f',callback=function(k,a) return {k[1],a[1]} end,description='d',flags={'no-writes'}}"
                function load "#!lua name=l\\nredis.register_function('g',function() end)"
                function load "#!lua name=m\\nredis.register_function('f',function() end)"
                fcall f 1 a b
                fcall_ro f 0 b
                fcall nope 0
                fcall f x
                fcall f -1
                fcall f 5 a
                function list
                function list withcode
                function list libraryname x*
                function list libraryname l
                function stats
                function restore x
                function load replace "#!lua name=l\\nredis.register_function('w',function(k,a) return redis.call('set','w',1) end) redis.register_function('e',function() error('x') end)"
                fcall f 0
                fcall w 0
                function load "#!lua name=m\\nlocal t redis.register_function('make',function(k,a) t=setmetatable({},{__index=function(t,k) return redis.call('echo',k) end}) return redis.call('echo','made') end) redis.register_function('meta',function(k,a) return t.x end) redis.register_function('calls',function(k,a) return redis.call('set',k[1],a[1]) end) redis.register_function('each',function(k,a) for r in redis.call,'incr','each' do return r end end)"
                fcall calls 1 a b
                fcall make 0
                fcall meta 0
                fcall meta 0
                fcall calls 1 a b
                fcall each 0
                fcall_ro w 0
                fcall e 0
                function delete nope
                function delete l
                fcall w 0
                function kill
                function flush sync
                function flush x
                function help
                """);
    }
}
