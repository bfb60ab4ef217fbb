package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import party.iroiro.luajava.JFunction;
import party.iroiro.luajava.Lua;
import party.iroiro.luajava.lua51.Lua51;

/**
 * A state of Lua 5.1 with the sandbox in it. No error of Lua ever crosses a frame of Java: functions of ours return before
 * theirs is raised, and none is raised by the collector while they run.
 */
final class LuaState implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LuaState.class);
    private static final String SANDBOX = "sandbox.lua";

    private final Lua51 lua = new Lua51();
    private final long state = lua.getPointer();
    private final LuaStack stack;
    /** Depth of calls from Lua to Java. */
    private int inside;
    private boolean running;
    private final Mailbox mailbox;
    /** The coroutine of scripts, or 0, and what the binding knows it by once it has called Java. */
    private long runner;
    private Lua runnersHandle;

    /** @param tables name to functions: what the sandbox finds in {@code host} */
    LuaState(long memoryLimit, Map<String, Object> tables) {
        for (String library : new String[] {"", "string", "table", "math", "os", "debug", "coroutine"}) {
            open(library);
        }
        byte[] header = header();
        LuaMemory.check(state, header);
        stack = new LuaStack(header);
        load(memoryLimit, tables);
        pushSandbox("mailbox");
        mailbox = new Mailbox(LuaMemory.bytes(LuaMemory.at(state, -1)));
        clear();
    }

    private void open(String library) {
        if (!library.equals("coroutine")) {
            LUA.luaJ_openlib(state, library);
            LUA.lua_settop(state, 0);
        }
    }

    private byte[] header() {
        if (LUA.luaL_dostring(state, "return string.dump(function() end)") != 0) {
            throw new IllegalStateException("Lua does not work here: " + LUA.lua_tostring(state, -1));
        }
        byte[] compiled = LuaStack.bytes(state, -1);
        LUA.lua_settop(state, 0);
        return Arrays.copyOf(compiled, LuaStack.HEADER);
    }

    private void load(long memoryLimit, Map<String, Object> tables) {
        byte[] source;
        try (InputStream in = LuaState.class.getResourceAsStream(SANDBOX)) {
            source = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(source.length);
        direct.put(source);
        check(LUA.luaJ_loadbuffer(state, direct, source.length, "=sandbox"));
        push(state, tables);
        LUA.lua_pushnumber(state, memoryLimit / 1024.0);
        check(LUA.lua_pcall(state, 2, 1, 0));
    }

    private void check(int result) {
        if (result != 0) {
            throw new IllegalStateException("The sandbox does not load: " + LuaStack.text(state, -1));
        }
    }

    /** Pushes a library, or one thing of it. */
    void push(long s, Object value) {
        if (value instanceof Map<?, ?> map) {
            LUA.lua_createtable(s, 0, map.size());
            map.forEach((key, each) -> {
                push(s, each);
                LUA.lua_setfield(s, -2, (String) key);
            });
        } else if (value instanceof LuaFunction function) {
            LUA.luaJ_pushfunction(s, wrapped(function));
        } else if (value instanceof Number number) {
            LUA.lua_pushnumber(s, number.doubleValue());
        } else if (value instanceof Boolean bool) {
            // stands for the null of JSON
            LUA.lua_pushlightuserdata(s, bool ? 1 : 0);
        } else {
            stack.push(s, (String) value);
        }
    }

    private JFunction wrapped(LuaFunction function) {
        return l -> {
            long s = l.getPointer();
            inside++;
            try {
                return function.call(s);
            } catch (LuaError e) {
                raise(s, e);
                return -1;
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                LOG.error("A function for scripts failed", e);
                raise(s, LuaError.at("internal error, see the server's log"));
                return -1;
            } finally {
                inside--;
                if (s == runner) {
                    runnersHandle = l;
                } else if (s != state) {
                    // the binding keeps each coroutine that has called Java, for ever unless it is told
                    l.close();
                }
            }
        };
    }

    private void raise(long s, LuaError e) {
        LUA.lua_settop(s, 0);
        if (e.reply) {
            pushError(s, e.getMessage().getBytes(StandardCharsets.ISO_8859_1), e.counted);
            return;
        }
        if (e.positioned) {
            LUA.luaL_where(s, 1);
            String where = LuaStack.text(s, -1);
            stack.push(s, where + e.getMessage());
        } else {
            stack.push(s, e.getMessage());
        }
    }

    /** Pushes an error as commands have them. @param counted whether it was counted */
    void pushError(long s, byte[] text, boolean counted) {
        LUA.lua_createtable(s, 0, 2);
        stack.push(s, text);
        LUA.lua_setfield(s, -2, "err");
        if (counted) {
            LUA.lua_pushboolean(s, 1);
            LUA.lua_setfield(s, -2, "ignore_error_stats_update");
        }
    }

    /** Whether an error may be raised where the collector runs. */
    boolean interruptible() {
        // the question itself is a call to Java
        return running && inside == 1;
    }

    long pointer() {
        return state;
    }

    LuaStack stack() {
        return stack;
    }

    /** Pushes a function of the sandbox. */
    void pushSandbox(String name) {
        LUA.lua_getfield(state, 1, name);
    }

    /** Calls what was pushed; errors stay in Lua but for those of the memory. @return what lua_pcall returns */
    int call(int arguments, int results) {
        boolean before = running;
        running = true;
        try {
            return LUA.lua_pcall(state, arguments, results, 0);
        } finally {
            running = before;
        }
    }

    /** Goes on with a coroutine; errors stay in Lua. @return what lua_resume returns */
    int resume(long coroutine, int values) {
        running = true;
        try {
            return LUA.lua_resume(coroutine, values);
        } finally {
            running = false;
        }
    }

    /** Which coroutine runs the scripts from now on; 0 for none. The one before is given up. */
    void runner(long coroutine) {
        if (runnersHandle != null) {
            runnersHandle.close();
            runnersHandle = null;
        }
        runner = coroutine;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Keeps the value on top of the stack. @return what {@link #pushKept} takes */
    int keep() {
        return LUA.luaL_ref(state, Natives.REGISTRY);
    }

    void pushKept(int reference) {
        LUA.lua_rawgeti(state, Natives.REGISTRY, reference);
    }

    void forget(int reference) {
        LUA.luaL_unref(state, Natives.REGISTRY, reference);
    }

    /** Leaves only what belongs to the sandbox on the stack. */
    void clear() {
        if (LuaMemory.size(state) != 1) {
            LUA.lua_settop(state, 1);
        }
    }

    /** Bytes in use. */
    long memory() {
        return LUA.lua_gc(state, Natives.GC_COUNT, 0) * 1024L;
    }

    @Override
    public void close() {
        lua.close();
    }
}
