package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

/** A function of ours that scripts call. */
@FunctionalInterface
interface LuaFunction {
    /**
     * Works on the stack of a state.
     *
     * @return number of results on top of it
     * @throws LuaError to have an error raised
     */
    int call(long state);

    /** What {@code luaL_typename} says of an argument, in the words of argument errors. */
    static String typeName(long state, int index) {
        return index > LUA.lua_gettop(state) ? "no value" : LUA.luaL_typename(state, index);
    }

    static double number(long state, int index, String function) {
        if (LUA.lua_isnumber(state, index) == 0) {
            throw LuaError.argument(index, function, "number expected, got " + typeName(state, index));
        }
        return LUA.lua_tonumber(state, index);
    }

    static byte[] string(long state, int index, String function) {
        int type = LUA.lua_type(state, index);
        if (type == Natives.NUMBER) {
            return NumberText.general(LUA.lua_tonumber(state, index), 14)
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        }
        if (type != Natives.STRING) {
            throw LuaError.argument(index, function, "string expected, got " + typeName(state, index));
        }
        return LuaStack.bytes(state, index);
    }
}
