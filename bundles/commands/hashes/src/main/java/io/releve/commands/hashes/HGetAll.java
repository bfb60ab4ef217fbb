package io.releve.commands.hashes;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Reply;
import io.releve.keyspace.HashValue;

/** HGETALL, HKEYS and HVALS (redis.io/commands/hgetall). */
final class HGetAll extends HashCommand {
    private final boolean fields;
    private final boolean values;

    private HGetAll(CommandSpec.Builder facts, boolean fields, boolean values) {
        super(facts);
        this.fields = fields;
        this.values = values;
    }

    static HGetAll pairs() {
        return new HGetAll(whole("HGETALL").summary("Returns all fields with their values."), true, true);
    }

    static HGetAll fields() {
        return new HGetAll(whole("HKEYS").summary("Returns all fields."), true, false);
    }

    static HGetAll values() {
        return new HGetAll(whole("HVALS").summary("Returns the values of all fields."), false, true);
    }

    private static CommandSpec.Builder whole(String name) {
        return facts(name, 2, CommandFlag.READONLY)
                .keys(readKey())
                .complexity("O(N) where N is the number of fields.")
                .syntax("key")
                .tips("nondeterministic_output_order");
    }

    @Override
    public void run(Call call) {
        HashValue hash = call.readHash(call.arguments().get(1));
        Reply reply = call.reply();
        int size = hash == null ? 0 : (int) hash.size();
        if (fields && values) {
            reply.map(size);
        } else {
            reply.array(size);
        }
        if (size == 0) {
            return;
        }
        hash.visit((field, value) -> {
            if (fields) {
                reply.bulk(field);
            }
            if (values) {
                reply.bulk(value);
            }
            return true;
        });
    }
}
