package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import io.releve.bytes.Numbers;
import io.releve.command.Reply;
import java.nio.charset.StandardCharsets;

/** Writes a value of Lua as a reply (redis.io, "Redis Lua API reference", data type conversion). */
final class ResultWriter {
    /** Deeper tables are answered as an error. */
    private static final int DEEPEST = 1000;

    private final long state;
    private final Reply reply;
    private final int protocol;

    /** @param protocol the one the script has chosen, which decides what its booleans are */
    ResultWriter(long state, Reply reply, int protocol) {
        this.protocol = protocol;
        this.state = state;
        this.reply = reply;
    }

    /** Writes the value on top of the stack and takes it away. */
    void write() {
        write(0);
    }

    private void write(int depth) {
        long value = LuaMemory.at(state, -1);
        int type = LuaMemory.type(value);
        if (type == Natives.STRING) {
            reply.bulk(LuaStack.bytes(state, -1));
        } else if (type == Natives.BOOLEAN) {
            bool(LuaMemory.bool(value));
        } else if (type == Natives.NUMBER) {
            reply.integer(integer(LuaMemory.number(value)));
        } else if (type == Natives.TABLE) {
            if (depth > DEEPEST || LUA.lua_checkstack(state, 8) == 0) {
                reply.error("ERR reached lua stack limit");
            } else {
                table(depth);
            }
        } else {
            reply.nil();
        }
        LUA.lua_settop(state, -2);
    }

    private void bool(boolean value) {
        if (protocol >= 3) {
            reply.bool(value);
        } else if (value) {
            reply.integer(1);
        } else {
            reply.nil();
        }
    }

    /** As C converts it on the machines Redis runs on: what does not fit is the smallest number. */
    private static long integer(double value) {
        return value != value || value >= 0x1p63 || value < -0x1p63 ? Long.MIN_VALUE : (long) value;
    }

    private void table(int depth) {
        if (field("err", Natives.STRING)) {
            reply.error(taken());
        } else if (field("ok", Natives.STRING)) {
            reply.simple(taken().replace('\r', ' ').replace('\n', ' '));
        } else if (field("double", Natives.NUMBER)) {
            decimal(LUA.lua_tonumber(state, -1));
            LUA.lua_settop(state, -2);
        } else if (field("map", Natives.TABLE)) {
            map(depth);
        } else if (field("set", Natives.TABLE)) {
            set(depth);
        } else if (field("big_number", Natives.STRING)) {
            reply.bigNumber(taken().replace('\r', ' ').replace('\n', ' '));
        } else if (!field("verbatim_string", Natives.TABLE) || !verbatim()) {
            array(depth);
        }
    }

    private void decimal(double value) {
        if (Double.isInfinite(value) || value != value || reply.protocol() >= 3) {
            reply.decimal(value);
        } else {
            reply.bulk(Numbers.text(value));
        }
    }

    private boolean verbatim() {
        boolean good = field("string", Natives.STRING);
        if (good) {
            byte[] text = LuaStack.bytes(state, -1);
            LUA.lua_settop(state, -2);
            good = field("format", Natives.STRING);
            if (good) {
                String format = (taken() + "   ").substring(0, 3);
                reply.verbatim(format, text);
            }
        }
        LUA.lua_settop(state, -2);
        return good;
    }

    /** Pushes a field of the table on top if it is of a type, without metamethods. */
    private boolean field(String name, int type) {
        LUA.lua_pushstring(state, name);
        LUA.lua_rawget(state, -2);
        if (LUA.lua_type(state, -1) == type) {
            return true;
        }
        LUA.lua_settop(state, -2);
        return false;
    }

    /** The text on top, which is taken away. Replies write texts in UTF-8. */
    private String taken() {
        String text = new String(LuaStack.bytes(state, -1), StandardCharsets.UTF_8);
        LUA.lua_settop(state, -2);
        return text;
    }

    private void map(int depth) {
        int mark = reply.openMap();
        int pairs = 0;
        LUA.lua_pushnil(state);
        while (LUA.lua_next(state, -2) != 0) {
            LUA.lua_pushvalue(state, -2);
            write(depth + 1);
            write(depth + 1);
            pairs++;
        }
        reply.closeMap(mark, pairs);
        LUA.lua_settop(state, -2);
    }

    private void set(int depth) {
        int mark = reply.openSet();
        int size = 0;
        LUA.lua_pushnil(state);
        while (LUA.lua_next(state, -2) != 0) {
            LUA.lua_settop(state, -2);
            LUA.lua_pushvalue(state, -1);
            write(depth + 1);
            size++;
        }
        reply.closeSet(mark, size);
        LUA.lua_settop(state, -2);
    }

    /** Up to the first nil. */
    private void array(int depth) {
        int mark = reply.openArray();
        int size = 0;
        for (;; size++) {
            LUA.lua_rawgeti(state, -1, size + 1);
            if (LUA.lua_type(state, -1) == Natives.NIL) {
                LUA.lua_settop(state, -2);
                break;
            }
            write(depth + 1);
        }
        reply.closeArray(mark, size);
    }
}
