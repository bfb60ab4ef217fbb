package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;

/**
 * The coroutine in which scripts run, one after the other. It yields what they call and is resumed with the answer: a tenth of
 * what a call from native code to Java costs. One that has ended with an error is replaced.
 */
final class Runner {
    /** What it yields first, see {@code sandbox.lua}. */
    private static final int CALL = 1;
    private static final int PCALL = 2;
    private static final int YIELDED = 1;
    private static final int OUT_OF_MEMORY = 4;
    /** Above what stands there Lua has room for twenty values. */
    private static final int ALWAYS_ROOM = 12;
    private static final int MOST_LENGTHS = 200;

    private final LuaState lua;
    private final RedisLibrary redis;
    private long coroutine;
    private int reference;
    private Failure failure;

    Runner(LuaState lua, RedisLibrary redis) {
        this.lua = lua;
        this.redis = redis;
    }

    /**
     * Runs a script or a function to its end.
     *
     * @param kept what {@link LuaState#keep} returned for it
     * @param keys how many keys there are, from argument 3 on
     * @return whether there is a result, on top of {@link #pointer}; otherwise see {@link #failure}
     */
    boolean run(int kept, boolean function, Arguments arguments, int keys) {
        if (coroutine == 0) {
            start();
        }
        long co = coroutine;
        LuaMemory.clear(co);
        LUA.lua_rawgeti(co, Natives.REGISTRY, kept);
        LuaMemory.pushBoolean(co, function);
        push(arguments, keys);
        int status = lua.resume(co, LuaMemory.size(co));
        while (status == YIELDED) {
            int kind = (int) LuaMemory.number(LuaMemory.at(co, 1));
            if (kind != CALL && kind != PCALL) {
                if (LuaMemory.size(co) != 2) {
                    LUA.lua_settop(co, 2);
                }
                return true;
            }
            status = lua.resume(co, redis.answer(co, kind == CALL));
        }
        fail(status);
        return false;
    }

    long pointer() {
        return coroutine;
    }

    Failure failure() {
        return failure;
    }

    /** Lets go of the result. */
    void clear() {
        if (coroutine != 0) {
            LuaMemory.clear(coroutine);
        }
    }

    private void start() {
        lua.clear();
        lua.pushSandbox("runner");
        if (lua.call(0, 1) != 0) {
            throw new IllegalStateException(LuaStack.text(lua.pointer(), -1));
        }
        coroutine = LUA.lua_tothread(lua.pointer(), -1);
        reference = lua.keep();
        lua.runner(coroutine);
    }

    private void push(Arguments arguments, int keys) {
        long co = coroutine;
        int count = arguments.size() - 3;
        Mailbox mailbox = lua.mailbox();
        mailbox.clear();
        boolean lengths = count <= MOST_LENGTHS;
        for (int i = 0; lengths && i < count; i++) {
            Bytes argument = arguments.get(3 + i);
            lengths = mailbox.fits(argument.length());
            if (lengths) {
                mailbox.put(argument.array(), argument.offset(), argument.length());
            }
        }
        if (!lengths) {
            LuaMemory.pushNumber(co, -1);
            table(arguments, 3, keys);
            table(arguments, 3 + keys, count - keys);
            return;
        }
        if (count > ALWAYS_ROOM) {
            LUA.lua_checkstack(co, count + ALWAYS_ROOM);
        }
        LuaMemory.pushNumber(co, keys);
        for (int i = 0; i < count; i++) {
            LuaMemory.pushNumber(co, arguments.get(3 + i).length());
        }
    }

    private void table(Arguments arguments, int from, int count) {
        long co = coroutine;
        LUA.lua_createtable(co, count, 0);
        for (int i = 0; i < count; i++) {
            Bytes argument = arguments.get(from + i);
            lua.stack().push(co, argument.array(), argument.offset(), argument.length());
            LUA.lua_rawseti(co, -2, i + 1);
        }
    }

    /** Asks the sandbox where the error came from, and gives the coroutine up. */
    private void fail(int status) {
        long main = lua.pointer();
        lua.clear();
        if (status != OUT_OF_MEMORY) {
            lua.pushSandbox("failed");
        }
        LUA.lua_xmove(coroutine, main, 1);
        if (status != OUT_OF_MEMORY) {
            lua.call(1, 1);
        }
        failure = Failure.of(main);
        lua.runner(0);
        lua.forget(reference);
        coroutine = 0;
    }
}
