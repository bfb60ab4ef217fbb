package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code cmsgpack}: values in the format of msgpack.org. */
final class MessagePack {
    private static final int DEEPEST_WRITTEN = 16;
    /** Deeper data are refused: Java's own stack ends somewhere. */
    private static final int DEEPEST_READ = 1000;

    private final LuaStack[] stack;

    MessagePack(LuaStack[] stack) {
        this.stack = stack;
    }

    Map<String, Object> functions() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("_NAME", "cmsgpack");
        all.put("_VERSION", "lua-cmsgpack 0.4.0");
        all.put("_COPYRIGHT", "The format: msgpack.org");
        all.put("_DESCRIPTION", "MessagePack for Lua");
        all.put("pack", (LuaFunction) this::pack);
        all.put("unpack", (LuaFunction) s -> unpack(s, 0, 0));
        all.put("unpack_one", (LuaFunction) s -> unpack(s, 1, optional(s, 2, "unpack_one", 0)));
        all.put("unpack_limit", (LuaFunction) s -> unpack(s, (int) LuaFunction.number(s, 2, "unpack_limit"),
                optional(s, 3, "unpack_limit", 0)));
        return all;
    }

    private static int optional(long s, int index, String function, int otherwise) {
        return LUA.lua_gettop(s) < index || LUA.lua_type(s, index) == Natives.NIL ? otherwise
                : (int) LuaFunction.number(s, index, function);
    }

    private int pack(long s) {
        int count = LUA.lua_gettop(s);
        if (count == 0) {
            throw LuaError.argument(0, "pack", "MessagePack pack needs input.");
        }
        ByteSink out = new ByteSink();
        for (int i = 1; i <= count; i++) {
            LUA.lua_pushvalue(s, i);
            write(s, out, 0);
            LUA.lua_settop(s, -2);
        }
        stack[0].push(s, out.toByteArray());
        return 1;
    }

    private void write(long s, ByteSink out, int depth) {
        switch (LUA.lua_type(s, -1)) {
            case Natives.STRING -> string(out, LuaStack.bytes(s, -1));
            case Natives.BOOLEAN -> out.write(LUA.lua_toboolean(s, -1) != 0 ? 0xc3 : 0xc2);
            case Natives.NUMBER -> number(out, LUA.lua_tonumber(s, -1));
            case Natives.TABLE -> {
                if (depth == DEEPEST_WRITTEN || LUA.lua_checkstack(s, 5) == 0) {
                    out.write(0xc0);
                } else {
                    table(s, out, depth);
                }
            }
            default -> out.write(0xc0);
        }
    }

    private static void head(ByteSink out, int length, int fixed, int most, int eight, int sixteen) {
        if (length <= most) {
            out.write(fixed | length);
        } else if (eight != 0 && length <= 0xff) {
            out.write(eight);
            out.write(length);
        } else if (length <= 0xffff) {
            out.write(sixteen);
            out.bigEndian(length, 2);
        } else {
            out.write(sixteen + 1);
            out.bigEndian(length, 4);
        }
    }

    private static void string(ByteSink out, byte[] bytes) {
        head(out, bytes.length, 0xa0, 31, 0xd9, 0xda);
        out.bytes(bytes);
    }

    private static void number(ByteSink out, double value) {
        if (value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63) {
            integer(out, (long) value);
        } else if ((float) value == value) {
            out.write(0xca);
            out.bigEndian(Float.floatToRawIntBits((float) value), 4);
        } else {
            out.write(0xcb);
            out.bigEndian(Double.doubleToRawLongBits(value), 8);
        }
    }

    private static void integer(ByteSink out, long n) {
        if (n >= 0) {
            if (n <= 127) {
                out.write((int) n);
            } else {
                int size = n <= 0xff ? 0 : n <= 0xffff ? 1 : n <= 0xffffffffL ? 2 : 3;
                out.write(0xcc + size);
                out.bigEndian(n, 1 << size);
            }
        } else if (n >= -32) {
            out.write((int) n);
        } else {
            int size = n >= Byte.MIN_VALUE ? 0 : n >= Short.MIN_VALUE ? 1 : n >= Integer.MIN_VALUE ? 2 : 3;
            out.write(0xd0 + size);
            out.bigEndian(n, 1 << size);
        }
    }

    private void table(long s, ByteSink out, int depth) {
        int count = 0;
        double max = 0;
        boolean array = true;
        LUA.lua_pushnil(s);
        while (LUA.lua_next(s, -2) != 0) {
            double key = LUA.lua_type(s, -2) == Natives.NUMBER ? LUA.lua_tonumber(s, -2) : -1;
            array &= key > 0 && key == Math.rint(key);
            max = Math.max(max, key);
            count++;
            LUA.lua_settop(s, -2);
        }
        if (array && max == count) {
            head(out, count, 0x90, 15, 0, 0xdc);
            for (int i = 1; i <= count; i++) {
                LUA.lua_rawgeti(s, -1, i);
                write(s, out, depth + 1);
                LUA.lua_settop(s, -2);
            }
            return;
        }
        head(out, count, 0x80, 15, 0, 0xde);
        LUA.lua_pushnil(s);
        while (LUA.lua_next(s, -2) != 0) {
            LUA.lua_pushvalue(s, -2);
            write(s, out, depth + 1);
            LUA.lua_settop(s, -2);
            write(s, out, depth + 1);
            LUA.lua_settop(s, -2);
        }
    }

    /** @param limit number of values, 0 for all: then no offset is returned in front of them */
    private int unpack(long s, int limit, int offset) {
        byte[] data = LuaFunction.string(s, 1, "unpack");
        if (offset < 0 || limit < 0) {
            throw LuaError.at("Invalid request to unpack with offset of " + offset + " and limit of " + data.length + ".");
        }
        if (offset > data.length) {
            throw LuaError.at("Start offset " + offset + " greater than input length " + data.length + ".");
        }
        boolean all = limit == 0 && offset == 0;
        LUA.lua_settop(s, 0);
        if (!all) {
            LUA.lua_pushnil(s);
        }
        MessageReader reader = new MessageReader(s, stack[0], data, offset, DEEPEST_READ);
        int count = 0;
        while (reader.at() < data.length && (all || count < limit)) {
            reader.read();
            count++;
        }
        if (all) {
            return count;
        }
        LUA.lua_pushnumber(s, reader.at() >= data.length ? -1 : reader.at());
        LUA.lua_replace(s, 1);
        return count + 1;
    }
}
