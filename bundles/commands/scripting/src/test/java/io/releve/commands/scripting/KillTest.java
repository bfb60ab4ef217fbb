package io.releve.commands.scripting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.LocalClient;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others hear while a script runs for long, and how it ends. */
@Timeout(60)
class KillTest {
    private final ScriptingCommands scripting = new ScriptingCommands(16 << 20);
    private TestEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine(OpenEngine.systemClock(), ScriptRepliesTest.with(scripting));
        engine.set("busy-reply-threshold", "50");
    }

    @AfterEach
    void stop() throws IOException {
        scripting.close();
        engine.close();
    }

    private void awaitBusy(LocalClient other) {
        while (!other.run("PING").startsWith("-BUSY")) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"while true do end", "while true do pcall(function() while true do end end) end",
        "while true do xpcall(function() while true do end end, function(e) while true do end end) end",
        "local co = coroutine.wrap(function() while true do pcall(function() while true do end end) end end)"
            + " while true do pcall(co) end",
        "while true do redis.pcall('get', 'a') end",
        "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
        "while true do pcall(string.gsub, 'x', '.', function() while true do end end) end",
        "while true do pcall(table.sort, {1, 2}, function() while true do end end) end",
        "while true do pcall(load, function() while true do end end) end",
        "while true do pcall(tostring, setmetatable({}, {__tostring = function() while true do end end})) end",
        "while true do xpcall(error, function() return xpcall(error, function() while true do end end) end) end",
        "local function f() pcall(f) f() end while true do pcall(f) end",
        "for _ in function() return 1 end do pcall(coroutine.wrap(function() pcall(redis.call, 'nope') end)) end",
        // where the hook finds the stack full
        "local function f(n) if n == 0 then while true do pcall(function() while true do end end) end end pcall(f, n - 1)"
            + " end for n = 150, 230 do f(n) end",
        "local function f() while true do pcall(f) end end f()",
        "local function f() xpcall(f, function() while true do end end) f() end f()",
        "local function f(n) if n > 0 then return 1 + f(n - 1) end while true do end end"
            + " for n = 16300, 16400 do xpcall(function() f(n) end, function() while true do end end) end",
        "while true do loadstring('return ' .. math.random()) end",
        "while true do pcall(error, setmetatable({}, {__index = function() while true do end end})) end",
        "error(setmetatable({}, {__newindex = function() while true do end end})) while true do end"})
    void endlessScriptsAreKilled(String script) throws Exception {
        try (LocalClient other = new LocalClient(engine.dispatcher)) {
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> engine.client.run("EVAL", script, "0"));
            if (script.startsWith("error")) {
                assertTrue(reply.get(30, TimeUnit.SECONDS).startsWith("-"));
                return;
            }
            awaitBusy(other);
            assertTrue(other.run("GET", "a").startsWith("-BUSY"));
            assertTrue(other.run("FUNCTION", "KILL").startsWith("-BUSY"));
            assertEquals("+OK\r\n", other.run("SCRIPT", "KILL"));
            assertTrue(reply.get(30, TimeUnit.SECONDS).startsWith("-ERR Script killed by user with SCRIPT KILL..."));
            assertEquals(":1\r\n", other.run("EVAL", "return 1", "0"));
        }
    }

    @Test
    void whatHasWrittenIsNotKilled() throws Exception {
        try (LocalClient other = new LocalClient(engine.dispatcher)) {
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> engine.client.run("EVAL",
                    "redis.call('set', 'a', 1) for i = 1, 1e8 do end return 'done'", "0"));
            awaitBusy(other);
            assertTrue(other.run("SCRIPT", "KILL").startsWith("-UNKILLABLE"));
            assertEquals("$4\r\ndone\r\n", reply.get(30, TimeUnit.SECONDS));
            assertEquals("$1\r\n1\r\n", other.run("GET", "a"));
        }
    }

    /** Whoever stops the bundle waits for two seconds; then the script ends, and what it ran in. */
    @Test
    void aBundleThatStopsEndsItsScript() throws Exception {
        try (LocalClient other = new LocalClient(engine.dispatcher)) {
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> engine.client.run("EVAL",
                    "while true do pcall(function() while true do end end) end", "0"));
            awaitBusy(other);
            scripting.close();
            assertTrue(reply.get(5, TimeUnit.SECONDS).startsWith("-ERR"));
            assertEquals("+PONG\r\n", other.run("PING"));
        }
    }

    @Test
    void functionsTellOfThemselves() throws Exception {
        engine.client.run("FUNCTION", "LOAD", "#!lua name=l\nredis.register_function('f', function() while true do end end)");
        try (LocalClient other = new LocalClient(engine.dispatcher)) {
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> engine.client.run("FCALL", "f", "0", "x"));
            awaitBusy(other);
            assertTrue(other.run("FUNCTION", "STATS").contains("FCALL"));
            assertTrue(other.run("SCRIPT", "KILL").startsWith("-BUSY"));
            assertEquals("+OK\r\n", other.run("FUNCTION", "KILL"));
            assertTrue(reply.get(30, TimeUnit.SECONDS).startsWith("-ERR Script killed by user with FUNCTION KILL..."));
        }
    }
}
