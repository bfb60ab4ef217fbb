package io.releve.commands.pubsub;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.engine.Subscriptions.Kind;

/** PUBLISH and SPUBLISH (redis.io/commands/publish). A sentinel has a PUBLISH of its own. */
final class Publish extends PubSubCommand {
    Publish(Kind kind) {
        super(kind, facts(kind == Kind.SHARD ? "SPUBLISH" : "PUBLISH", 3, CommandFlag.FAST, CommandFlag.MAY_REPLICATE)
                .complexity(kind == Kind.SHARD ? "O(N) where N is the number of receivers."
                        : "O(N+M) where N is the number of receivers and M the number of patterns.")
                .summary("Sends a message to those who listen to a channel, and answers how many they are.")
                .syntax(argument(kind) + " message"));
    }

    @Override
    public void run(Call call) {
        call.reply().integer(call.engine().subscriptions()
                .publish(kind(), call.arguments().get(1), call.arguments().get(2)));
    }
}
