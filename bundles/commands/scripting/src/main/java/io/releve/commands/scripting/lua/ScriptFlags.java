package io.releve.commands.scripting.lua;

import io.releve.command.CommandException;
import io.releve.engine.Script;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** What the first line of a script, or the registration of a function, says of it (redis.io, "Lua scripts, script flags"). */
public enum ScriptFlags {
    NO_WRITES("no-writes"), ALLOW_OOM("allow-oom"), ALLOW_STALE("allow-stale"), NO_CLUSTER("no-cluster"),
    ALLOW_CROSS_SLOT_KEYS("allow-cross-slot-keys");

    private static final String SHEBANG = "#!";

    private final String redisName;

    ScriptFlags(String redisName) {
        this.redisName = redisName;
    }

    public String redisName() {
        return redisName;
    }

    /** @return the flag, or null */
    static ScriptFlags of(String name) {
        for (ScriptFlags flag : values()) {
            if (flag.redisName.equals(name)) {
                return flag;
            }
        }
        return null;
    }

    /** @param flags null for a script that does not say anything */
    static Script.Mode mode(Collection<ScriptFlags> flags, boolean readOnlyCommand) {
        if (flags == null) {
            return new Script.Mode(readOnlyCommand, false, false, false);
        }
        return new Script.Mode(flags.contains(NO_WRITES), flags.contains(ALLOW_OOM), flags.contains(ALLOW_STALE), true);
    }

    /**
     * The flags in the first line of a script.
     *
     * @return null without such a line
     * @throws CommandException when it cannot be understood
     */
    static Set<ScriptFlags> ofScript(String source) {
        if (!source.startsWith(SHEBANG)) {
            return null;
        }
        int end = source.indexOf('\n');
        if (end < 0) {
            throw new CommandException("ERR Invalid script shebang");
        }
        String[] words = source.substring(0, end).trim().split("[ \\t\\r]+");
        if (!words[0].equals(SHEBANG + "lua")) {
            throw new CommandException("ERR Unexpected engine in script shebang: " + words[0]);
        }
        EnumSet<ScriptFlags> flags = EnumSet.noneOf(ScriptFlags.class);
        for (int i = 1; i < words.length; i++) {
            if (!words[i].startsWith("flags=")) {
                throw new CommandException("ERR Unknown lua shebang option: " + words[i]);
            }
            for (String name : words[i].substring("flags=".length()).split(",")) {
                if (name.isEmpty()) {
                    continue;
                }
                ScriptFlags flag = of(name);
                if (flag == null) {
                    throw new CommandException("ERR Unexpected flag in script shebang: " + name);
                }
                flags.add(flag);
            }
        }
        return flags;
    }

    /** The source without its first line if that is none of Lua; lines keep their numbers. */
    static String withoutFirstLine(String source) {
        return source.startsWith(SHEBANG) ? source.substring(source.indexOf('\n')) : source;
    }
}
