package io.releve.commands.keys;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.config.Settings;
import io.releve.format.rdb.DumpPayload;
import io.releve.format.rdb.RdbDirectives;
import io.releve.format.rdb.ValueWriter;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Value;

/** DUMP (redis.io/commands/dump): the payload is of the version that servers from Redis 7.0 on read. */
final class Dump extends KeyCommand {
    Dump() {
        super(facts("DUMP", 2, CommandFlag.READONLY)
                .keys(KeySpec.at(1, Flag.RO, Flag.ACCESS))
                .since("2.6.0")
                .complexity("O(N*M) where N is the number of elements and M their average size.")
                .summary("Returns the value of a key as bytes, for RESTORE.")
                .syntax("key")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Value value = call.read(call.arguments().get(1));
        if (value == null) {
            call.reply().nil();
        } else {
            call.reply().bulk(payload(call, value));
        }
    }

    /** The payload of a value as it is now. */
    static DumpPayload payload(Call call, Value value) {
        Settings settings = call.engine().settings();
        EncodingLimits limits = new EncodingLimits();
        limits.set(EncodingLimits.LIST_SIZE, settings.get(EncodingLimits.LIST_SIZE));
        limits.set(EncodingLimits.STREAM_BYTES, settings.get(EncodingLimits.STREAM_BYTES));
        limits.set(EncodingLimits.STREAM_ENTRIES, settings.get(EncodingLimits.STREAM_ENTRIES));
        return DumpPayload.of(value, limits, ValueWriter.DEFAULT_VERSION, settings.get(RdbDirectives.COMPRESSION));
    }
}
