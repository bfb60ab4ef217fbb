package io.releve.commands.strings.hyperloglog;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** PFADD (redis.io/commands/pfadd). */
final class PfAdd extends SketchCommand {
    PfAdd() {
        super(sketch("PFADD", -2, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.INSERT))
                .complexity("O(1) for every element.")
                .summary("Counts elements in a HyperLogLog.")
                .syntax("key [element [element ...]]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        Sketch sketch = Sketch.of(call.writeString(key));
        boolean changed = sketch == null;
        if (changed) {
            sketch = Sketch.create(call, key);
        }
        long limit = sparseLimit(call);
        for (int i = 2; i < arguments.size(); i++) {
            changed |= sketch.add(arguments.get(i), limit);
        }
        if (changed) {
            call.changed(key, KeyEvent.STRING, "pfadd");
        }
        call.reply().integer(changed ? 1 : 0);
    }
}
