package io.releve.commands.scripting.lua;

/** What a function of ours raises in a script; the stack of Java is left before Lua hears of it. No stack trace. */
final class LuaError extends RuntimeException {
    /** Whether it stands behind the place in the script that called. */
    final boolean positioned;
    /** Whether it is raised as a table with the field {@code err}, as errors of commands are. */
    final boolean reply;
    /** Whether it is one of a command, which was counted. */
    final boolean counted;

    private LuaError(String message, boolean positioned, boolean reply, boolean counted) {
        super(message, null, false, false);
        this.positioned = positioned;
        this.reply = reply;
        this.counted = counted;
    }

    /** As C functions of Lua do it: text, behind the place. */
    static LuaError at(String message) {
        return new LuaError(message, true, false, false);
    }

    /** @param error code, blank, text */
    static LuaError reply(String error) {
        return new LuaError(error, false, true, false);
    }

    static LuaError counted(String error) {
        return new LuaError(error, false, true, true);
    }

    static LuaError argument(int index, String function, String message) {
        return at("bad argument #" + index + " to '" + function + "' (" + message + ")");
    }
}
