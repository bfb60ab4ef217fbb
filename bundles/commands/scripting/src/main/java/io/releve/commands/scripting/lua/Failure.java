package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.nio.charset.StandardCharsets;

/**
 * The error a script has ended with.
 *
 * @param error code, blank, text
 * @param place where it came from, null when that is not known
 * @param counted whether it is one of a command, which was counted
 */
record Failure(String error, String place, boolean counted) {
    /** What the sandbox has left on top of the stack: a table, or a text when there was no memory for it. */
    static Failure of(long s) {
        if (LUA.lua_type(s, -1) != Natives.TABLE) {
            return new Failure("ERR " + (LUA.lua_type(s, -1) == Natives.STRING ? LuaStack.text(s, -1)
                    : "the script ended with an error that is no text"), null, false);
        }
        String error = field(s, "err");
        String source = field(s, "source");
        String line = field(s, "line");
        return new Failure(error == null ? "ERR unknown error" : error,
                source == null || line == null ? null : source + ":" + line, field(s, "ignore_error_stats_update") != null);
    }

    private static String field(long s, String name) {
        LUA.lua_pushstring(s, name);
        LUA.lua_rawget(s, -2);
        int type = LUA.lua_type(s, -1);
        String text = type == Natives.STRING ? new String(LuaStack.bytes(s, -1), StandardCharsets.UTF_8)
                : type == Natives.NUMBER ? NumberText.general(LUA.lua_tonumber(s, -1), 14)
                : type == Natives.BOOLEAN ? "true" : null;
        LUA.lua_settop(s, -2);
        return text;
    }
}
