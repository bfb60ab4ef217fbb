package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

/** Reads values of MessagePack onto the stack. */
final class MessageReader {
    private final long state;
    private final LuaStack stack;
    private final byte[] data;
    private final int deepest;
    private int at;
    private int depth;

    MessageReader(long state, LuaStack stack, byte[] data, int at, int deepest) {
        this.state = state;
        this.stack = stack;
        this.data = data;
        this.at = at;
        this.deepest = deepest;
    }

    int at() {
        return at;
    }

    private void need(long bytes) {
        if (data.length - at < bytes) {
            throw LuaError.at("Missing bytes in input.");
        }
    }

    private long number(int size) {
        need(size);
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | data[at++] & 0xff;
        }
        return value;
    }

    /** With its sign. */
    private long signed(int size) {
        int shift = Long.SIZE - Byte.SIZE * size;
        return number(size) << shift >> shift;
    }

    private static double unsigned(long value) {
        double number = value & Long.MAX_VALUE;
        return value < 0 ? number + 0x1p63 : number;
    }

    void read() {
        if (++depth > deepest || LUA.lua_checkstack(state, 6) == 0) {
            throw LuaError.at("Bad data format in input.");
        }
        need(1);
        int type = data[at++] & 0xff;
        if (type < 0x80 || type >= 0xe0) {
            LUA.lua_pushnumber(state, (byte) type);
        } else if (type < 0x90) {
            map(type & 0xf);
        } else if (type < 0xa0) {
            array(type & 0xf);
        } else if (type < 0xc0) {
            string(type & 0x1f);
        } else {
            other(type);
        }
        depth--;
    }

    private void other(int type) {
        switch (type) {
            case 0xc0 -> LUA.lua_pushnil(state);
            case 0xc2, 0xc3 -> LUA.lua_pushboolean(state, type - 0xc2);
            case 0xc4, 0xd9 -> string(number(1));
            case 0xc5, 0xda -> string(number(2));
            case 0xc6, 0xdb -> string(number(4));
            case 0xca -> LUA.lua_pushnumber(state, Float.intBitsToFloat((int) number(4)));
            case 0xcb -> LUA.lua_pushnumber(state, Double.longBitsToDouble(number(8)));
            case 0xcc, 0xcd, 0xce, 0xcf -> LUA.lua_pushnumber(state, unsigned(number(1 << type - 0xcc)));
            case 0xd0, 0xd1, 0xd2, 0xd3 -> LUA.lua_pushnumber(state, signed(1 << type - 0xd0));
            case 0xdc, 0xdd -> array(number(2 << type - 0xdc));
            case 0xde, 0xdf -> map(number(2 << type - 0xde));
            default -> throw LuaError.at("Bad data format in input.");
        }
    }

    private void string(long length) {
        need(length);
        stack.push(state, data, at, (int) length);
        at += (int) length;
    }

    private void array(long count) {
        // nothing is set aside for what may not come
        LUA.lua_createtable(state, 0, 0);
        for (long i = 1; i <= count; i++) {
            read();
            LUA.lua_rawseti(state, -2, (int) i);
        }
    }

    private void map(long count) {
        LUA.lua_createtable(state, 0, 0);
        for (long i = 0; i < count; i++) {
            read();
            boolean usable = LUA.lua_type(state, -1) != Natives.NIL && !(LUA.lua_type(state, -1) == Natives.NUMBER
                    && LUA.lua_tonumber(state, -1) != LUA.lua_tonumber(state, -1));
            read();
            if (!usable) {
                throw LuaError.at("Bad data format in input.");
            }
            LUA.lua_rawset(state, -3);
        }
    }
}
