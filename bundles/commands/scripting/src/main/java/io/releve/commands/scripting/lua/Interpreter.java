package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.engine.Script;
import io.releve.engine.Scripts;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the scripts and functions of one engine. What is compiled here can be made again from what the engine keeps. Used
 * with the turn.
 */
public final class Interpreter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Interpreter.class);
    private static final long LONGEST_LOAD_NANOS = 500_000_000;
    /** More compiled scripts than this are dropped, those of long ago with the others: they are compiled again. */
    private static final int MOST_COMPILED = 10_000;

    /** A script in the state. */
    private record Compiled(int reference, Set<ScriptFlags> flags) {
    }

    /** A digest as it was sent, and in lower case. */
    private record Named(Bytes sent, String text) {
    }

    private final RedisLibrary redis;
    private final LuaRandom random = new LuaRandom();
    private final LuaState lua;
    private final Runner runner;
    private final FunctionLibraries libraries;
    private final Map<String, Compiled> compiled = new HashMap<>();
    private final Named[] named = new Named[64];
    private long librariesVersion = -1;
    private long loadingSince;
    private boolean closed;

    /** @param memoryLimit bytes that scripts may use */
    public Interpreter(long memoryLimit) {
        redis = new RedisLibrary(memoryLimit);
        FunctionLibraries[] later = new FunctionLibraries[1];
        LuaState[] state = new LuaState[1];
        Map<String, Object> host = new LinkedHashMap<>();
        host.put("redis", redis.forScripts());
        host.put("running", redis.forFunctions());
        Map<String, Object> loading = redis.forLibraries();
        loading.put("register_function", (LuaFunction) s -> later[0].register(s));
        host.put("loading", loading);
        host.put("pause", (LuaFunction) this::pause);
        host.put("interruptible", (LuaFunction) s -> {
            LUA.lua_pushboolean(s, state[0] != null && state[0].interruptible() ? 1 : 0);
            return 1;
        });
        host.put("mailbox", Mailbox.content());
        host.put("scan", (LuaFunction) this::scan);
        host.put("random", (LuaFunction) random::random);
        host.put("randomseed", (LuaFunction) random::seed);
        host.put("bit", BitLibrary.functions());
        LuaStack[] stack = new LuaStack[1];
        host.put("cjson", new Json(state).functions());
        host.put("cmsgpack", new MessagePack(stack).functions());
        host.put("struct", new StructLibrary(stack).functions());
        lua = new LuaState(memoryLimit, host);
        state[0] = lua;
        stack[0] = lua.stack();
        redis.attach(lua);
        runner = new Runner(lua, redis);
        libraries = new FunctionLibraries(lua);
        later[0] = libraries;
    }

    private int scan(long s) {
        ChunkScan scan = new ChunkScan(LuaStack.bytes(s, 1));
        LuaMemory.pushBoolean(s, scan.plain());
        if (scan.rewritten() == null) {
            return 1;
        }
        lua.stack().push(s, scan.rewritten());
        return 2;
    }

    /** What the hook asks about once a millisecond: whether the script is to end. */
    private int pause(long s) {
        String reason = null;
        Script script = redis.script();
        if (libraries.loading()) {
            reason = System.nanoTime() - loadingSince > LONGEST_LOAD_NANOS ? "FUNCTION LOAD timeout" : null;
        } else if (script != null) {
            Script.Kill kill = script.pause();
            reason = kill == Script.Kill.NONE ? null : kill == Script.Kill.STOP ? "The server is stopping"
                    : "Script killed by user with " + (script.isFunction() ? "FUNCTION" : "SCRIPT") + " KILL...";
        }
        if (reason == null) {
            LUA.lua_pushnil(s);
        } else {
            lua.stack().push(s, reason);
        }
        return 1;
    }

    /** The digest by which a script was asked for, in lower case; the same text for the same bytes as a rule, so that its hash is known. */
    public String name(Bytes sha) {
        int slot = (sha.byteAt(0) * 31 + sha.byteAt(1)) % named.length;
        Named known = named[slot];
        if (known == null || !known.sent().equals(sha)) {
            known = new Named(sha.copy(), sha.latin1().toLowerCase(Locale.ROOT));
            named[slot] = known;
        }
        return known.text();
    }

    /** SHA-1 of a script's source, 40 hex digits in lower case. */
    public static String sha(byte[] source) {
        return RedisLibrary.sha1(source);
    }

    /**
     * Compiles a script and has the engine keep its source.
     *
     * @throws CommandException when it cannot be compiled
     */
    public void load(Scripts scripts, String sha, byte[] source) {
        if (scripts.source(sha) == null || !compiled.containsKey(sha)) {
            compile(sha, source);
            scripts.keep(sha, source);
        }
    }

    private Compiled compile(String sha, byte[] source) {
        Compiled known = compiled.get(sha);
        if (known != null) {
            return known;
        }
        if (compiled.size() >= MOST_COMPILED) {
            flush();
        }
        String text = new String(source, StandardCharsets.ISO_8859_1);
        Set<ScriptFlags> flags = ScriptFlags.ofScript(text);
        try {
            lua.pushSandbox("compile");
            lua.stack().push(lua.pointer(), ScriptFlags.withoutFirstLine(text));
            if (lua.call(1, 2) != 0 || LUA.lua_type(lua.pointer(), -2) != Natives.FUNCTION) {
                throw new CommandException("ERR Error compiling script (new function): "
                        + LuaStack.text(lua.pointer(), -1));
            }
            LUA.lua_settop(lua.pointer(), -2);
            Compiled made = new Compiled(lua.keep(), flags);
            compiled.put(sha, made);
            return made;
        } finally {
            lua.clear();
        }
    }

    /** Forgets all compiled scripts. */
    public void flush() {
        compiled.values().forEach(script -> lua.forget(script.reference()));
        compiled.clear();
        LUA.lua_gc(lua.pointer(), Natives.GC_COLLECT, 0);
    }

    /**
     * Runs a script whose source the engine keeps; the arguments are those of EVALSHA.
     *
     * @param keys number of keys, which stand from argument 3 on
     * @param readOnly whether it is run by a command that does not write
     */
    public void run(Call call, String sha, byte[] source, int keys, boolean readOnly) {
        Compiled script = compile(sha, source);
        check(script.flags(), readOnly);
        run(call, sha, false, ScriptFlags.mode(script.flags(), readOnly), script.reference(), keys);
    }

    /** @throws CommandException when there is no function of that name */
    public void requireFunction(Scripts scripts, String name) {
        if (libraries(scripts).find(name) == null) {
            throw new CommandException("ERR Function not found");
        }
    }

    /** Runs a function. @throws CommandException when there is none of that name */
    public void runFunction(Call call, String name, int keys, boolean readOnly) {
        FunctionLibraries.Function function = libraries(call.engine().scripts()).find(name);
        if (function == null) {
            throw new CommandException("ERR Function not found");
        }
        check(function.flags(), readOnly);
        run(call, name, true, ScriptFlags.mode(function.flags(), readOnly), function.reference(), keys);
    }

    private static void check(Set<ScriptFlags> flags, boolean readOnly) {
        if (readOnly && flags != null && !flags.contains(ScriptFlags.NO_WRITES)) {
            throw new CommandException("ERR Can not execute a script with write flag using *_ro command.");
        }
    }

    private void run(Call call, String name, boolean function, Script.Mode mode, int reference, int keys) {
        try (Script script = call.script(name, function, mode)) {
            redis.script(script);
            if (runner.run(reference, function, call.arguments(), keys)) {
                new ResultWriter(runner.pointer(), call.reply(), redis.protocol()).write();
            } else {
                fail(call, runner.failure(), name);
            }
        } finally {
            redis.script(null);
            runner.clear();
            lua.clear();
        }
    }

    private static void fail(Call call, Failure failure, String name) {
        if (failure.counted()) {
            call.errorCounted();
        }
        Reply reply = call.reply();
        reply.error(failure.error().replace('\r', ' ').replace('\n', ' ') + " script: " + name + (failure.place() == null ? "" : ", on " + failure.place() + "."));
    }

    /** The libraries as they were compiled last. */
    public FunctionLibraries libraries() {
        return libraries;
    }

    /** The libraries the engine keeps, compiled. */
    public FunctionLibraries libraries(Scripts scripts) {
        if (librariesVersion != scripts.librariesVersion()) {
            libraries.clear();
            for (byte[] source : scripts.libraries()) {
                try {
                    loadingSince = System.nanoTime();
                    libraries.load(source, true);
                } catch (CommandException e) {
                    LOG.warn("A library of functions cannot be used: {}", e.getMessage());
                }
            }
            librariesVersion = scripts.librariesVersion();
        }
        return libraries;
    }

    /**
     * Loads a library and has the engine keep it.
     *
     * @return its name
     * @throws CommandException when it cannot be; then nothing has changed
     */
    public String loadLibrary(Scripts scripts, byte[] source, boolean replace) {
        FunctionLibraries known = libraries(scripts);
        loadingSince = System.nanoTime();
        FunctionLibraries.Library loaded = known.load(source, replace);
        scripts.addLibrary(loaded.name(), source);
        librariesVersion = scripts.librariesVersion();
        return loaded.name();
    }

    /** Bytes Lua uses. */
    public long memory() {
        return lua.memory();
    }

    /** Whether it was closed; then another is to be made. */
    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        lua.close();
    }
}
