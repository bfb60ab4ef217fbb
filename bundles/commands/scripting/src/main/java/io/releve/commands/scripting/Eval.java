package io.releve.commands.scripting;

import static io.releve.command.CommandFlag.MAY_REPLICATE;
import static io.releve.command.CommandFlag.MOVABLEKEYS;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.NO_MANDATORY_KEYS;
import static io.releve.command.CommandFlag.READONLY;
import static io.releve.command.CommandFlag.SKIP_MONITOR;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.commands.scripting.lua.Interpreter;
import io.releve.engine.Scripts;

/** EVAL and EVALSHA, and those of them that only read. */
final class Eval implements Command {
    private static final int SHA_DIGITS = 40;
    private static final CommandException NO_SCRIPT =
            new CommandException("NOSCRIPT No matching script. Please use EVAL.");

    private final Interpreters interpreters;
    private final CommandSpec spec;
    private final boolean bySha;
    private final boolean readOnly;

    Eval(Interpreters interpreters, String name, String since, boolean bySha, boolean readOnly) {
        this.interpreters = interpreters;
        this.bySha = bySha;
        this.readOnly = readOnly;
        spec = spec(name, since, readOnly, bySha, bySha ? "sha1" : "script")
                .complexity("Depends on the script that is executed.")
                .summary(readOnly ? "Executes a read-only server-side Lua script" + (bySha ? " by SHA1 digest." : ".")
                        : "Executes a server-side Lua script" + (bySha ? " by SHA1 digest." : "."))
                .build();
    }

    /** What all that run something in Lua have in common. */
    static CommandSpec.Builder spec(String name, String since, boolean readOnly, boolean bySha, String what) {
        return CommandSpec.command(name, -3).group("scripting").since(since).categories("scripting")
                .flags(NOSCRIPT, SKIP_MONITOR, NO_MANDATORY_KEYS, STALE, MOVABLEKEYS, readOnly ? READONLY : MAY_REPLICATE)
                .keys(keys(readOnly, bySha))
                .syntax(what + " numkeys:integer [key:key [key ...]] [arg [arg ...]]");
    }

    private static KeySpec keys(boolean readOnly, boolean bySha) {
        KeySpec keys = readOnly ? KeySpec.counted(KeyCount.AT, 0, 1, 1, Flag.RO, Flag.ACCESS)
                : KeySpec.counted(KeyCount.AT, 0, 1, 1, Flag.RW, Flag.ACCESS, Flag.UPDATE);
        return bySha ? keys : keys.withNotes("We cannot tell how the keys will be used so we assume the worst, "
                + (readOnly ? "RO and ACCESS" : "RW and UPDATE"));
    }

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        int keys = KeyCount.of(call.arguments(), CommandException.NOT_INTEGER);
        Interpreter interpreter = interpreters.of(call);
        Scripts scripts = call.engine().scripts();
        Bytes first = call.arguments().get(1);
        byte[] source;
        String sha;
        if (bySha) {
            if (first.length() != SHA_DIGITS) {
                throw NO_SCRIPT;
            }
            sha = interpreter.name(first);
            source = scripts.source(sha);
            if (source == null) {
                throw NO_SCRIPT;
            }
        } else {
            source = first.toByteArray();
            sha = Interpreter.sha(source);
            interpreter.load(scripts, sha, source);
        }
        interpreter.run(call, sha, source, keys, readOnly);
    }
}
