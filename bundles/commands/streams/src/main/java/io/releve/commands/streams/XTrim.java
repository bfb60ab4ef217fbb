package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.StreamValue;

/** XTRIM (redis.io/commands/xtrim). */
final class XTrim extends StreamCommand {
    XTrim() {
        super(facts("XTRIM", -4, CommandFlag.WRITE)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .complexity("O(N) for N entries removed, a node at a time.")
                .summary("Removes entries from the beginning of a stream.")
                .syntax("key <MAXLEN | MINID> [<= | ~>] threshold [LIMIT count:integer]")
                .changed("6.2.0", "Added the options `MINID` and `LIMIT`.")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Trim trim = new Trim();
        for (int at = 2; at < arguments.size();) {
            int next = trim.parse(arguments, at);
            if (next == at) {
                throw CommandException.SYNTAX;
            }
            at = next;
        }
        trim.check();
        Bytes key = arguments.get(1);
        StreamValue stream = call.writeStream(key);
        long removed = stream == null ? 0
                : trim.run(stream, call.engine().settings().get(EncodingLimits.STREAM_ENTRIES).intValue());
        if (removed > 0) {
            call.changed(key, KeyEvent.STREAM, "xtrim");
            call.countChanges(removed - 1);
            if (trim.isApproximate()) {
                Object[] option = trim.exactOption(stream);
                call.effect("XTRIM", key, option[0], option[1], option[2]);
            }
        }
        call.reply().integer(removed);
    }
}
