package io.releve.commands.scripting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import io.releve.contracts.RawReply;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What scripts may not do: the list of docs/scripting.md, and what uses up memory or the stack. */
class SandboxTest {
    private final ScriptingCommands scripting = new ScriptingCommands(16 << 20);
    private TestEngine engine;

    @BeforeEach
    void start() throws IOException {
        engine = new TestEngine(OpenEngine.systemClock(), ScriptRepliesTest.with(scripting));
    }

    @AfterEach
    void stop() throws IOException {
        scripting.close();
        engine.close();
    }

    private String run(String script) {
        return engine.client.run("EVAL", script, "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"return java", "return luajava", "return debug", "return io", "return package", "return require",
        "return loadfile", "return dofile", "return print", "return newproxy", "return getfenv", "return setfenv",
        "return module", "foo = 1", "redis = nil", "_G.foo = 1", "KEYS = 1", "rawset(_G, 'foo', 1)", "setmetatable(_G, {})",
        "redis.call = nil", "string.rep = nil", "math.x = 1", "table.insert(redis, 1)", "table.sort(string)",
        "getmetatable('').__index = {}", "getmetatable(_G).__index = nil", "rawset(getmetatable(''), '__index', {})",
        "setmetatable(getmetatable(_G), {})", "return ('x').dump.y.z", "return loadstring('\27Lua')()",
        "return load(function() return '\27Lua' end)()", "return loadstring(string.dump(function() return 1 end))()",
        "return loadstring('return java')()", "return loadstring('foo = 1')()", "return os.execute()", "return os.exit()",
        "return coroutine.wrap(function() return java end)()", "rawset(cjson, 'encode', 1)",
        "local _, t = pairs(string) t.rep = nil", "local f = pairs(string) for k in f do end string.x = 1"})
    void isRefused(String script) {
        assertTrue(run(script).startsWith("-"), () -> script + " => " + run(script));
        assertEquals(":1\r\n", run("return 1"));
    }

    /** What a script sees: a line for each, of globals and of what is in them. */
    private static final String WALK = """
            local lines, seen = {}, {}
            local function walk(path, t)
                seen[t] = true
                for k, v in pairs(t) do
                    local name = path .. tostring(k)
                    lines[#lines + 1] = name .. ' ' .. (type(v) == 'number' and tostring(v) or type(v))
                    if type(v) == 'table' and not seen[v] then walk(name .. '.', v) end
                end
            end
            walk('', _G)
            walk('new ', cjson.new())
            return table.concat(lines, '\n')""";
    private static final String LIBRARY = "#!lua name=%s\nredis.register_function('%s', function() %s end)";
    /** os is of 7.2, the handler a leftover that no page tells of. */
    private static final Set<String> DIFFERENT = Set.of("os table", "os.clock function", "__redis__err__handler function");

    private static SortedSet<String> seen(String reply) {
        SortedSet<String> lines = new TreeSet<>(List.of(((String) RawReply.parse(reply)).split("\n")));
        lines.removeAll(DIFFERENT);
        lines.removeIf(line -> line.startsWith("redis.REDIS_VERSION_NUM"));
        return lines;
    }

    @Test
    void scriptsFunctionsAndLibrariesSeeWhatTheySeeInRedis() throws IOException {
        try (Oracle oracle = Oracle.start()) {
            SortedSet<String> ofScripts = seen(run(WALK));
            assertEquals(seen(oracle.run("EVAL", WALK, "0")), ofScripts);
            String library = LIBRARY.formatted("l", "walk", WALK);
            engine.client.run("FUNCTION", "LOAD", library);
            oracle.run("FUNCTION", "LOAD", library);
            assertEquals(seen(oracle.run("FCALL", "walk", "0")), seen(engine.client.run("FCALL", "walk", "0")));
            List<String> names = new ArrayList<>(List.of("redis.register_function", "redis.nonesuch", "KEYS", "ARGV", "('x').rep"));
            ofScripts.stream().filter(line -> !line.startsWith("new ")).map(line -> line.substring(0, line.indexOf(' ')))
                    .forEach(names::add);
            for (String name : names) {
                String probe = LIBRARY.formatted("probe", "probe", "") + " if " + name + " == nil then redis.missing() end";
                assertEquals(oracle.run("FUNCTION", "LOAD", "REPLACE", probe), engine.client.run("FUNCTION", "LOAD", "REPLACE", probe));
            }
        }
    }

    /** The same where nothing is to compare with. */
    @ParameterizedTest
    @ValueSource(strings = {"_G", "ipairs", "setmetatable", "string", "os", "redis.call", "redis.REPL_ALL", "redis.setresp"})
    void isHiddenFromALibraryThatIsLoadedAndNotFromItsFunctions(String name) {
        String function = "return type(" + name + ")";
        String refusal = engine.client.run("FUNCTION", "LOAD", LIBRARY.formatted("l", "f", function) + " local x = " + name);
        assertEquals("-ERR Error registering functions: ERR user_function:2: Script attempted to access nonexistent global variable '"
                + name.substring(name.indexOf('.') + 1) + "'\r\n", refusal);
        assertEquals("$1\r\nl\r\n", engine.client.run("FUNCTION", "LOAD", LIBRARY.formatted("l", "f", function)));
        String type = name.equals("redis.REPL_ALL") ? "number" : name.matches("_G|string|os") ? "table" : "function";
        assertEquals("$" + type.length() + "\r\n" + type + "\r\n", engine.client.run("FCALL", "f", "0"));
    }

    @Test
    void anotherCjsonHasSettingsOfItsOwn() {
        assertEquals("$22\r\n{\"1000\":1}[1,2] table \r\n", run("local c = cjson.new() c.encode_sparse_array(true)"
                + " local ok = pcall(cjson.encode, {[1000] = 1})"
                + " return c.encode({[1000] = 1}) .. c.encode({1, 2}) .. (ok and 'both' or '') .. ' ' .. type(c) .. ' '"));
        assertEquals(":1\r\n", run("for i = 1, 20000 do cjson.new() end return 1"));
    }

    /** Each in a state that the ones before have been at; none of them may have left anything. */
    @Test
    void abusesEndAsInRedisAndLeaveNothing() throws IOException {
        String whole = "local n = 0 for k in pairs(_G) do n = n + 1 end return {n, redis.call('ECHO', ('x'):rep(2)), #KEYS, "
                + "tostring(rawget(getmetatable(''), '__add')), cjson.encode({1}), type(string.gsub)}";
        String before = run(whole);
        assertTrue(before.contains("xx"), before);
        List<String> others = new ArrayList<>();
        try (Oracle oracle = Oracle.start(); InputStream in = getClass().getResourceAsStream("abuses.txt")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                int space = line.indexOf(' ');
                String verdict = line.substring(0, space);
                String script = line.substring(space + 1);
                if (!verdict.startsWith("error") && !verdict.startsWith("fine")) {
                    continue;
                }
                String ours = run(script);
                String theirs = verdict.endsWith("!") ? "" : oracle.run("EVAL", script, "0");
                String expected = verdict.replace("!", "");
                if (!ending(ours).equals(expected) || !theirs.isEmpty() && !ending(theirs).equals(expected)
                        || ours.contains("internal error") || !run(whole).equals(before)) {
                    others.add(line + " => " + ours + " and there " + theirs);
                }
            }
        }
        assertEquals(List.of(), others);
    }

    private static String ending(String reply) {
        return reply.startsWith("-") ? "error" : "fine";
    }

    @Test
    void theProtocolOfAScriptEndsWithIt() {
        engine.client.run("HSET", "h", "f", "v");
        String map = "redis.call('HGETALL', 'h')";
        assertEquals("$3\r\nmap\r\n", run("redis.setresp(3) return next(" + map + ")"));
        assertEquals(":1\r\n", run("return next(" + map + ")"));
        run("redis.setresp(3) error('x')");
        assertEquals(":1\r\n", run("return next(" + map + ")"));
        run("redis.set_repl(redis.REPL_NONE) error('x')");
        engine.effects();
        run("redis.call('SET', 'a', 1)");
        assertEquals(List.of("SET a 1"), engine.effects());
    }

    @Test
    void whatASandboxedTableShowsIsNoTableToChange() {
        assertEquals("$3\r\nxxx\r\n", run("for k, v in pairs(string) do if type(v) == 'table' then v.rep = nil end end"
                + " return string.rep('x', 3)"));
        assertEquals(":1\r\n", run("return rawget(_G, 'redis') == redis and 1 or 0"));
        assertEquals("$-1\r\n", run("return rawget(_G, 'foo')"));
        assertEquals("$5\r\nfalse\r\n", run("return tostring(getmetatable(getmetatable('')))"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local s = 'x' while true do s = s .. s end", "return string.rep('x', 2^31 - 1)",
        "local t = {} for i = 1, 1e9 do t[i] = i end", "local t = {} while true do t[#t + 1] = 'abc' .. #t end",
        "return (('x'):rep(1e6)):gsub('.', ('y'):rep(1e6))",
        "xpcall(function() local t = {} for i = 1, 1e9 do t[i] = i end end, function() while true do end end)"
            + " local t = {} for i = 1, 1e9 do t[i] = i end",
        "collectgarbage('stop') local s = 'x' while true do s = s .. s end"})
    void memoryIsLimited(String script) {
        String reply = run(script);
        assertTrue(reply.contains("not enough memory"), reply);
        assertEquals(":1\r\n", run("return 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local function f() return 1 + f() end return f()",
        "local t = {} t = setmetatable({}, {__index = function(t, k) return t[k] end}) return t.x",
        "return string.find(('a'):rep(30000), ('a?'):rep(30000) .. ('a'):rep(30000))",
        "return {unpack({}, 1, 1e7)}", "return unpack({}, -2^31, 2^31 - 1)",
        "local t = {} for i = 1, 2000 do t = {t} end return cjson.encode(t)",
        "return cjson.decode(('['):rep(100000))", "return cmsgpack.unpack(('\\145'):rep(100000))",
        "return cmsgpack.unpack('\\221\\255\\255\\255\\255')", "return struct.pack('i99999999999', 1)",
        "return struct.unpack('c999999999', 'abc')", "return struct.unpack('>I', 'abc', 2^31)", "error()", "error({})", "error(redis)", "error(_G)",
        "error(setmetatable({}, {__tostring = function() error('x') end}))"})
    void badInputIsAnError(String script) {
        String reply = run(script);
        assertTrue(reply.startsWith("-"), reply);
        assertTrue(!reply.contains("internal error"), reply);
        assertEquals(":1\r\n", run("return 1"));
    }

    /** The binding knows each coroutine that has called Java. */
    @Test
    void coroutinesThatAreOverLeaveNothing() {
        assertEquals(":1\r\n", run("for i = 1, 30000 do coroutine.wrap(function() redis.call('ECHO', 'x') end)() end return 1"));
    }

    /** Each ends the coroutine in which scripts run. */
    @Test
    void scriptsThatEndWithAnErrorLeaveNothing() {
        String memory = "collectgarbage() return math.floor(collectgarbage('count'))";
        long before = 0;
        for (int i = 0; i < 3_000; i++) {
            if (i == 500) {
                before = number(run(memory));
            }
            assertTrue(run("local t = {('x'):rep(1000)} error({err = 'MY error', t = t})").startsWith("-MY error"));
        }
        long more = number(run(memory)) - before;
        assertTrue(more < 100, more + " KB more");
    }

    private static long number(String reply) {
        return Long.parseLong(reply.substring(1, reply.length() - 2));
    }

    @Test
    void deepResultsAreAnError() {
        assertTrue(run("local t = {} for i = 1, 5000 do t = {t} end return t").contains("-ERR reached lua stack limit"));
    }

    @Test
    void effectsAreOneGroup() {
        engine.effects();
        run("redis.call('set', 'a', 1) redis.call('incr', 'a') return redis.call('get', 'a')");
        assertEquals(List.of("set a 1", "incr a"), engine.effects());
        run("redis.set_repl(redis.REPL_NONE) redis.call('set', 'b', 1)");
        assertEquals(List.of(), engine.effects());
        run("return redis.pcall('nope')");
        assertEquals(List.of(), engine.effects());
    }
}
