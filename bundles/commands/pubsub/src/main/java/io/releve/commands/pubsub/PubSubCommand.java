package io.releve.commands.pubsub;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.Reply;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions.Kind;
import java.util.Locale;

/** What the commands on channels have in common. */
abstract class PubSubCommand implements Command {
    private final CommandSpec spec;
    private final Kind kind;

    PubSubCommand(Kind kind, CommandSpec.Builder facts) {
        this.kind = kind;
        if (kind == Kind.SHARD) {
            // the slot of the channel decides where a cluster keeps it
            facts.keys(KeySpec.range(1, facts.build().arity() > 0 ? 0 : -1, 1, KeySpec.Flag.NOT_KEY)).since("7.0.0");
        }
        spec = facts.build();
    }

    /** The flag of what sentinels have too: they know no shards. */
    static CommandFlag[] inSentinels(Kind kind) {
        return kind == Kind.SHARD ? new CommandFlag[0] : new CommandFlag[] {CommandFlag.SENTINEL};
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name.toUpperCase(Locale.ROOT), arity).group("pubsub").since("2.0.0")
                .flags(CommandFlag.PUBSUB, CommandFlag.LOADING, CommandFlag.STALE).flags(flags);
    }

    /** What its names are called. */
    static String argument(Kind kind) {
        return kind == Kind.CHANNEL ? "channel" : kind == Kind.PATTERN ? "pattern:pattern" : "shardchannel";
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    final Kind kind() {
        return kind;
    }

    /** Confirms one step: what was done, with which name (or null), how many subscriptions there are now. */
    final void confirm(Call call, String what, Bytes name) {
        Session session = call.session();
        Reply reply = call.reply();
        reply.push(3);
        reply.bulk(what);
        if (name == null) {
            reply.nil();
        } else {
            reply.bulk(name);
        }
        reply.integer(kind == Kind.SHARD ? session.subscriptions(Kind.SHARD)
                : session.subscriptions(Kind.CHANNEL) + session.subscriptions(Kind.PATTERN));
    }
}
