package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;

/** XDEL (redis.io/commands/xdel). */
final class XDel extends StreamCommand {
    XDel() {
        super(facts("XDEL", -3, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .complexity("O(log N) for every entry.")
                .summary("Removes entries from a stream.")
                .syntax("key id [id ...]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        StreamValue stream = call.writeStream(key);
        if (stream == null) {
            call.reply().integer(0);
            return;
        }
        StreamId[] ids = new StreamId[arguments.size() - 2];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Ids.exact(arguments.get(2 + i));
        }
        StreamState state = StreamState.of(stream);
        long removed = 0;
        for (StreamId id : ids) {
            if (stream.remove(id.milliseconds(), id.sequence())) {
                removed++;
                if (id.compareTo(state.maxDeleted()) > 0) {
                    state.maxDeleted(id);
                }
            }
        }
        if (removed > 0) {
            state.store(stream);
            call.changed(key, KeyEvent.STREAM, "xdel");
            call.countChanges(removed - 1);
        }
        call.reply().integer(removed);
    }
}
