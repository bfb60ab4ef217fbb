package io.releve.commands.strings.hyperloglog;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** PFDEBUG (redis.io/commands/pfdebug): looks into a HyperLogLog. */
final class PfDebug extends SketchCommand {
    private static final CommandException MISSING = new CommandException("ERR The specified key does not exist");
    private static final CommandException NOT_SPARSE = new CommandException("ERR HLL encoding is not sparse");

    PfDebug() {
        super(sketch("PFDEBUG", 3, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.ADMIN)
                .keys(KeySpec.at(2, Flag.RW, Flag.ACCESS))
                .complexity("N/A")
                .summary("Looks into a HyperLogLog.")
                .syntax("subcommand key:key"));
    }

    @Override
    public void run(Call call) {
        Bytes key = call.arguments().get(2);
        Sketch sketch = Sketch.of(call.writeString(key));
        if (sketch == null) {
            throw MISSING;
        }
        if (call.arguments().is(1, "GETREG")) {
            toDense(call, key, sketch);
            registers(call, sketch);
        } else if (call.arguments().is(1, "DECODE")) {
            if (sketch.isDense()) {
                throw NOT_SPARSE;
            }
            call.reply().bulk(sketch.text());
        } else if (call.arguments().is(1, "ENCODING")) {
            call.reply().simple(sketch.isDense() ? "dense" : "sparse");
        } else if (call.arguments().is(1, "TODENSE")) {
            call.reply().integer(toDense(call, key, sketch) ? 1 : 0);
        } else {
            throw new CommandException("ERR Unknown PFDEBUG subcommand '" + call.arguments().get(1).latin1() + "'");
        }
    }

    private static boolean toDense(Call call, Bytes key, Sketch sketch) {
        boolean converted = sketch.toDense();
        if (converted) {
            call.changed(key, KeyEvent.STRING, "pfadd");
        }
        return converted;
    }

    private static void registers(Call call, Sketch sketch) {
        Registers registers = new Registers();
        sketch.raise(registers);
        call.reply().array(Registers.COUNT);
        for (int i = 0; i < Registers.COUNT; i++) {
            call.reply().integer(registers.get(i));
        }
    }
}
