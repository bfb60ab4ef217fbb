package io.releve.commands.streams;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.format.stream.Group;
import io.releve.format.stream.StreamId;

/** XACK (redis.io/commands/xack). */
final class XAck extends StreamCommand {
    XAck() {
        super(facts("XACK", -4, CommandFlag.WRITE, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .complexity("O(log N) for every entry.")
                .summary("Ends the being pending of entries.")
                .syntax("key group id [id ...]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Group group = group(call.writeStream(arguments.get(1)), arguments.get(2));
        if (group == null) {
            call.reply().integer(0);
            return;
        }
        StreamId[] ids = new StreamId[arguments.size() - 3];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Ids.exact(arguments.get(3 + i));
        }
        long acknowledged = 0;
        for (StreamId id : ids) {
            acknowledged += group.acknowledge(id) ? 1 : 0;
        }
        if (acknowledged > 0) {
            call.propagate();
            call.countChanges(acknowledged);
        }
        call.reply().integer(acknowledged);
    }
}
