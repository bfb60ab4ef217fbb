package io.releve.commands.pubsub;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.engine.Subscriptions;
import io.releve.engine.Subscriptions.Kind;
import java.util.List;

/** UNSUBSCRIBE, PUNSUBSCRIBE and SUNSUBSCRIBE (redis.io/commands/unsubscribe); without a name, from everything. */
final class Unsubscribe extends PubSubCommand {
    Unsubscribe(Kind kind) {
        super(kind, facts(kind.unsubscribed(), -1, CommandFlag.NOSCRIPT)
                .flags(inSentinels(kind)).subscriberCommand()
                .complexity("O(N) where N is the number of names.")
                .summary("Ends subscriptions.")
                .syntax("[" + argument(kind) + " [" + argument(kind) + " ...]]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Subscriptions subscriptions = call.engine().subscriptions();
        if (arguments.size() > 1) {
            for (int i = 1; i < arguments.size(); i++) {
                end(call, subscriptions, arguments.get(i));
            }
            return;
        }
        List<Bytes> all = subscriptions.of(call.session(), kind());
        all.forEach(name -> end(call, subscriptions, name));
        if (all.isEmpty()) {
            confirm(call, kind().unsubscribed(), null);
        }
    }

    private void end(Call call, Subscriptions subscriptions, Bytes name) {
        subscriptions.unsubscribe(call.session(), kind(), name);
        confirm(call, kind().unsubscribed(), name);
    }
}
