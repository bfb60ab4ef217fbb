package io.releve.commands.strings.hyperloglog;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** PFMERGE (redis.io/commands/pfmerge). */
final class PfMerge extends SketchCommand {
    PfMerge() {
        super(sketch("PFMERGE", -2, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.INSERT),
                        KeySpec.range(2, -1, 1, Flag.RO, Flag.ACCESS))
                .complexity("O(N) for N HyperLogLogs.")
                .summary("Merges HyperLogLogs into one.")
                .syntax("destkey:key [sourcekey:key [sourcekey:key ...]]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Registers union = new Registers();
        boolean dense = false;
        for (int i = 1; i < arguments.size(); i++) {
            Sketch sketch = Sketch.of(call.readString(arguments.get(i)));
            if (sketch != null) {
                dense |= sketch.isDense();
                sketch.raise(union);
            }
        }
        Bytes target = arguments.get(1);
        Sketch sketch = Sketch.of(call.writeString(target));
        if (sketch == null) {
            sketch = Sketch.create(call, target);
        }
        sketch.raiseFrom(union, dense, sparseLimit(call));
        call.changed(target, KeyEvent.STRING, "pfadd");
        call.reply().ok();
    }
}
