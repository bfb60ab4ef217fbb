package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.Type;

/** What the hash commands have in common. */
abstract class HashCommand implements Command {
    private final CommandSpec spec;

    HashCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("hash").categories("hash").flags(flags).since("2.0.0");
    }

    /** The key of a command that reads fields or values. */
    static KeySpec readKey() {
        return KeySpec.at(1, Flag.RO, Flag.ACCESS);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    /** The hash of a key, made if it is not there; a field must be set then. */
    static HashValue orNew(Call call, Bytes key, HashValue hash) {
        return hash == null ? (HashValue) call.create(key, Type.HASH) : hash;
    }
}
