package io.releve.commands.pubsub;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.engine.Subscriptions.Kind;

/** SUBSCRIBE, PSUBSCRIBE and SSUBSCRIBE (redis.io/commands/subscribe). */
final class Subscribe extends PubSubCommand {
    Subscribe(Kind kind) {
        super(kind, facts(kind.subscribed(), -2, CommandFlag.NOSCRIPT)
                .flags(inSentinels(kind)).subscriberCommand()
                .complexity("O(N) where N is the number of names.")
                .summary(kind == Kind.PATTERN ? "Listens to all channels whose names match patterns."
                        : "Listens to messages published to channels.")
                .syntax(argument(kind) + " [" + argument(kind) + " ...]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        for (int i = 1; i < arguments.size(); i++) {
            Bytes name = arguments.get(i);
            call.engine().subscriptions().subscribe(call.session(), kind(), name);
            confirm(call, kind().subscribed(), name);
        }
    }
}
