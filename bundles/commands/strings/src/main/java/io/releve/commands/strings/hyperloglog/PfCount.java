package io.releve.commands.strings.hyperloglog;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** PFCOUNT (redis.io/commands/pfcount). */
final class PfCount extends SketchCommand {
    PfCount() {
        super(sketch("PFCOUNT", -2, CommandFlag.READONLY, CommandFlag.MAY_REPLICATE)
                .keys(KeySpec.range(1, -1, 1, Flag.RW, Flag.ACCESS).withNotes(
                        "RW because it may change the internal representation of the key, and propagate to replicas"))
                .complexity("O(1) for one key, O(N) for N keys.")
                .summary("Estimates how many distinct elements HyperLogLogs have counted together.")
                .syntax("key [key ...]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        if (arguments.size() == 2) {
            call.reply().integer(one(call));
            return;
        }
        Registers union = new Registers();
        for (int i = 1; i < arguments.size(); i++) {
            Sketch sketch = Sketch.of(call.readString(arguments.get(i)));
            if (sketch != null) {
                sketch.raise(union);
            }
        }
        call.reply().integer(union.estimate());
    }

    private static long one(Call call) {
        Sketch sketch = Sketch.of(call.readString(call.arguments().get(1)));
        if (sketch == null) {
            return 0;
        }
        long cached = sketch.cached();
        if (cached >= 0) {
            return cached;
        }
        Registers registers = new Registers();
        sketch.raise(registers);
        long estimate = registers.estimate();
        sketch.cache(estimate);
        // copies are to have the same bytes
        call.propagate();
        return estimate;
    }
}
