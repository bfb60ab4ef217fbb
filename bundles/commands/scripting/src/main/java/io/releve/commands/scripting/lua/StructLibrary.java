package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code struct}: values as bytes of a C structure. */
final class StructLibrary {
    private final LuaStack[] stack;

    StructLibrary(LuaStack[] stack) {
        this.stack = stack;
    }

    Map<String, Object> functions() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("pack", (LuaFunction) this::pack);
        all.put("unpack", (LuaFunction) this::unpack);
        all.put("size", (LuaFunction) this::size);
        return all;
    }

    private static StructFormat format(long s, String function) {
        return new StructFormat(new String(LuaFunction.string(s, 1, function), StandardCharsets.ISO_8859_1), function);
    }

    private int pack(long s) {
        StructFormat format = format(s, "pack");
        ByteSink out = new ByteSink();
        // what is missing is a nil
        LUA.lua_pushnil(s);
        int argument = 2;
        while (format.next()) {
            out.bytes(new byte[format.padding(out.size())]);
            char option = format.option();
            if (format.isInteger()) {
                double n = LuaFunction.number(s, argument++, "pack");
                long value = n < 0 || n < 0x1p63 ? (long) n : (long) (n - 0x1p63) | Long.MIN_VALUE;
                out.number(value, format.size(), format.littleEndian());
            } else if (option == 'x') {
                out.write(0);
            } else if (option == 'f') {
                out.number(Float.floatToRawIntBits((float) LuaFunction.number(s, argument++, "pack")), 4,
                        format.littleEndian());
            } else if (option == 'd' || option == 'n') {
                out.number(Double.doubleToRawLongBits(LuaFunction.number(s, argument++, "pack")), 8,
                        format.littleEndian());
            } else {
                string(s, out, format, argument++);
            }
        }
        stack[0].push(s, out.toByteArray());
        return 1;
    }

    private static void string(long s, ByteSink out, StructFormat format, int argument) {
        byte[] text = LuaFunction.string(s, argument, "pack");
        int size = format.size() == 0 ? text.length : format.size();
        if (text.length < size) {
            throw LuaError.argument(argument + 1, "pack", "string too short");
        }
        out.write(text, 0, size);
        if (format.option() == 's') {
            out.write(0);
        }
    }

    private int unpack(long s) {
        StructFormat format = format(s, "unpack");
        byte[] data = LuaFunction.string(s, 2, "unpack");
        double from = LUA.lua_gettop(s) < 3 || LUA.lua_type(s, 3) == Natives.NIL ? 1 : LuaFunction.number(s, 3, "unpack");
        if (!(from >= 1)) {
            throw LuaError.argument(3, "unpack", "offset must be 1 or greater");
        }
        int at = (int) Math.min(Integer.MAX_VALUE, from - 1);
        LUA.lua_settop(s, 2);
        while (format.next()) {
            int padding = format.padding(at);
            int size = format.size();
            if ((long) at + padding + size > data.length) {
                throw LuaError.argument(2, "unpack", "data string too short");
            }
            if (LUA.lua_checkstack(s, 2) == 0) {
                throw LuaError.at("too many results");
            }
            at += padding;
            char option = format.option();
            if (format.isInteger()) {
                LUA.lua_pushnumber(s, integer(data, at, format));
            } else if (option == 'f') {
                LUA.lua_pushnumber(s, Float.intBitsToFloat((int) bits(data, at, 4, format.littleEndian())));
            } else if (option == 'd' || option == 'n') {
                LUA.lua_pushnumber(s, Double.longBitsToDouble(bits(data, at, 8, format.littleEndian())));
            } else if (option == 's') {
                int end = at;
                while (end < data.length && data[end] != 0) {
                    end++;
                }
                if (end == data.length) {
                    throw LuaError.at("unfinished string in data");
                }
                stack[0].push(s, data, at, end - at);
                size = end - at + 1;
            } else if (option == 'c') {
                size = characters(s, data, at, size);
            }
            at += size;
        }
        int results = LUA.lua_gettop(s) - 2;
        LUA.lua_pushnumber(s, at + 1.0);
        return results + 1;
    }

    /** A size of zero is the number read before. */
    private int characters(long s, byte[] data, int at, int fixed) {
        int size = fixed;
        if (fixed == 0) {
            if (LUA.lua_gettop(s) < 3 || LUA.lua_type(s, -1) != Natives.NUMBER) {
                throw LuaError.at("format 'c0' needs a previous size");
            }
            double before = LUA.lua_tonumber(s, -1);
            LUA.lua_settop(s, -2);
            if (before < 0 || before > data.length - at) {
                throw LuaError.argument(2, "unpack", "data string too short");
            }
            size = (int) before;
        }
        stack[0].push(s, data, at, size);
        return size;
    }

    private static long bits(byte[] data, int at, int size, boolean littleEndian) {
        long value = 0;
        int kept = Math.min(size, Long.BYTES);
        for (int i = 0; i < kept; i++) {
            int index = littleEndian ? at + kept - 1 - i : at + size - kept + i;
            value = value << 8 | data[index] & 0xff;
        }
        return value;
    }

    private static double integer(byte[] data, int at, StructFormat format) {
        int size = format.size();
        long value = bits(data, at, size, format.littleEndian());
        if (format.isSigned()) {
            int shift = Long.SIZE - Byte.SIZE * Math.min(size, Long.BYTES);
            return size == 0 ? 0 : value << shift >> shift;
        }
        return value < 0 ? (value & Long.MAX_VALUE) + 0x1p63 : value;
    }

    private int size(long s) {
        StructFormat format = format(s, "size");
        long total = 0;
        while (format.next()) {
            if (format.option() == 's') {
                throw LuaError.argument(1, "size", "option 's' has no fixed size");
            }
            if (format.option() == 'c' && format.size() == 0) {
                throw LuaError.argument(1, "size", "option 'c' has no fixed size");
            }
            total += format.padding((int) total) + format.size();
        }
        LUA.lua_pushnumber(s, total);
        return 1;
    }
}
