package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** RENAME and RENAMENX (redis.io/commands/rename). */
final class Rename extends KeyCommand {
    private final boolean onlyNew;

    private Rename(CommandSpec.Builder facts, Flag onTarget, boolean onlyNew) {
        super(facts.keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.DELETE), KeySpec.at(2, Flag.OW, onTarget))
                .syntax("key newkey:key"));
        this.onlyNew = onlyNew;
    }

    static Rename rename() {
        return new Rename(facts("RENAME", 3, CommandFlag.WRITE)
                .summary("Gives a key another name, replacing a key of that name."), Flag.UPDATE, false);
    }

    static Rename renameNx() {
        return new Rename(facts("RENAMENX", 3, CommandFlag.WRITE, CommandFlag.FAST)
                .summary("Gives a key another name unless there is a key of that name.")
                .changed("3.2.0", "The same name twice is no error any more."), Flag.INSERT, true);
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(1);
        Bytes newKey = call.arguments().get(2);
        if (call.write(key) == null) {
            throw CommandException.NO_SUCH_KEY;
        }
        boolean same = key.equals(newKey);
        if (same || onlyNew && call.write(newKey) != null) {
            reply(call, false);
            return;
        }
        call.database().move(key, call.database(), newKey);
        call.event(newKey, KeyEvent.NEW, "new");
        call.changed(key, KeyEvent.GENERIC, "rename_from");
        call.changed(newKey, KeyEvent.GENERIC, "rename_to");
        reply(call, true);
    }

    private void reply(Call call, boolean renamed) {
        if (onlyNew) {
            call.reply().integer(renamed ? 1 : 0);
        } else {
            call.reply().ok();
        }
    }
}
