package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

/** One value as JSON. */
final class JsonEncoder {
    /** Java's own stack is no deeper. */
    private static final int DEEPEST = 1100;

    private final long state;
    private final JsonSettings settings;
    private final ByteSink out = new ByteSink();

    JsonEncoder(long state, JsonSettings settings) {
        this.state = state;
        this.settings = settings;
    }

    /** The value on top of the stack. */
    byte[] encode() {
        value(0);
        return out.toByteArray();
    }

    private static LuaError refuse(String type, String reason) {
        return LuaError.at("Cannot serialise " + type + ": " + reason);
    }

    private void value(int depth) {
        int type = LUA.lua_type(state, -1);
        switch (type) {
            case Natives.STRING -> string(LuaStack.bytes(state, -1));
            case Natives.NUMBER -> number(LUA.lua_tonumber(state, -1));
            case Natives.BOOLEAN -> out.text(LUA.lua_toboolean(state, -1) != 0 ? "true" : "false");
            case Natives.TABLE -> table(depth + 1);
            case Natives.NIL -> out.text("null");
            default -> {
                if (type != Natives.LIGHT_USERDATA || LUA.lua_touserdata(state, -1) != 0) {
                    throw refuse(LUA.luaL_typename(state, -1), "type not supported");
                }
                out.text("null");
            }
        }
    }

    private void number(double value) {
        if (value != value || Double.isInfinite(value)) {
            if (settings.encodeInvalid.equals("off")) {
                throw refuse("number", "must not be NaN or Inf");
            }
            out.text(settings.encodeInvalid.equals("null") ? "null" : value != value ? "nan" : value > 0 ? "inf" : "-inf");
        } else {
            out.text(NumberText.general(value, settings.precision));
        }
    }

    private void table(int depth) {
        if (depth > settings.encodeDepth || depth > DEEPEST || LUA.lua_checkstack(state, 5) == 0) {
            throw LuaError.at("Cannot serialise, excessive nesting (" + depth + ")");
        }
        int length = arrayLength();
        if (length > 0) {
            array(length, depth);
        } else {
            object(depth);
        }
    }

    /** The largest index, or -1 for what is no array. */
    private int arrayLength() {
        double max = 0;
        int items = 0;
        LUA.lua_pushnil(state);
        while (LUA.lua_next(state, -2) != 0) {
            double key = LUA.lua_type(state, -2) == Natives.NUMBER ? LUA.lua_tonumber(state, -2) : 0;
            if (key < 1 || key != Math.floor(key)) {
                LUA.lua_settop(state, -3);
                return -1;
            }
            max = Math.max(max, key);
            items++;
            LUA.lua_settop(state, -2);
        }
        if (settings.sparseRatio > 0 && max > (double) items * settings.sparseRatio && max > settings.sparseSafe) {
            if (!settings.sparseConvert) {
                throw refuse("table", "excessively sparse array");
            }
            return -1;
        }
        return (int) max;
    }

    private void array(int length, int depth) {
        out.write('[');
        for (int i = 1; i <= length; i++) {
            if (i > 1) {
                out.write(',');
            }
            LUA.lua_rawgeti(state, -1, i);
            value(depth);
            LUA.lua_settop(state, -2);
        }
        out.write(']');
    }

    private void object(int depth) {
        out.write('{');
        boolean first = true;
        LUA.lua_pushnil(state);
        while (LUA.lua_next(state, -2) != 0) {
            if (!first) {
                out.write(',');
            }
            first = false;
            int type = LUA.lua_type(state, -2);
            if (type == Natives.NUMBER) {
                out.write('"');
                number(LUA.lua_tonumber(state, -2));
                out.write('"');
            } else if (type == Natives.STRING) {
                string(LuaStack.bytes(state, -2));
            } else {
                throw refuse(LUA.luaL_typename(state, -2), "table key must be a number or string");
            }
            out.write(':');
            value(depth);
            LUA.lua_settop(state, -2);
        }
        out.write('}');
    }

    private void string(byte[] text) {
        out.write('"');
        for (byte c : text) {
            switch (c) {
                case '"' -> out.text("\\\"");
                case '\\' -> out.text("\\\\");
                case '/' -> out.text("\\/");
                case '\b' -> out.text("\\b");
                case '\f' -> out.text("\\f");
                case '\n' -> out.text("\\n");
                case '\r' -> out.text("\\r");
                case '\t' -> out.text("\\t");
                default -> {
                    if (c >= 0 && c < ' ' || c == 0x7F) {
                        out.text(String.format("\\u%04x", c));
                    } else {
                        out.write(c);
                    }
                }
            }
        }
        out.write('"');
    }
}
