package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;

/** XSETID (redis.io/commands/xsetid). */
final class XSetId extends StreamCommand {
    private static final CommandException NEGATIVE = new CommandException("ERR entries_added must be positive");
    private static final CommandException BELOW_TOP = new CommandException(
            "ERR The ID specified in XSETID is smaller than the target stream top item");
    private static final CommandException BELOW_DELETED = new CommandException(
            "ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id");
    private static final CommandException TOO_FEW = new CommandException(
            "ERR The entries_added specified in XSETID is smaller than the target stream length");

    XSetId() {
        super(facts("XSETID", -3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .summary("Sets what a stream remembers of the past.")
                .syntax("key last-id [ENTRIESADDED entries_added:integer] [MAXDELETEDID max_deleted_entry_id]")
                .changed("7.0.0", "Added the options `ENTRIESADDED` and `MAXDELETEDID`."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        StreamId last = Ids.exact(arguments.get(2));
        StreamId maxDeleted = StreamId.MIN;
        long added = -1;
        for (int i = 3; i < arguments.size(); i += 2) {
            boolean more = i + 1 < arguments.size();
            if (arguments.is(i, "ENTRIESADDED") && more) {
                added = arguments.integer(i + 1);
                if (added < 0) {
                    throw NEGATIVE;
                }
            } else if (arguments.is(i, "MAXDELETEDID") && more) {
                maxDeleted = Ids.exact(arguments.get(i + 1));
                if (last.compareTo(maxDeleted) < 0) {
                    throw BELOW_DELETED;
                }
            } else {
                throw CommandException.SYNTAX;
            }
        }
        Bytes key = arguments.get(1);
        StreamValue stream = existing(call, key);
        if (stream.length() > 0) {
            if (last.compareTo(end(stream, false)) < 0) {
                throw BELOW_TOP;
            }
            if (added >= 0 && added < stream.length()) {
                throw TOO_FEW;
            }
        }
        StreamState state = StreamState.of(stream).last(last);
        if (added >= 0) {
            state.added(added);
        }
        if (!maxDeleted.equals(StreamId.MIN)) {
            state.maxDeleted(maxDeleted);
        }
        state.store(stream);
        call.changed(key, KeyEvent.STREAM, "xsetid");
        call.reply().ok();
    }
}
