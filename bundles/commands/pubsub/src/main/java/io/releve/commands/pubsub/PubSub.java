package io.releve.commands.pubsub;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.Reply;
import io.releve.engine.Subscriptions.Kind;
import java.util.Collection;
import java.util.List;

/** PUBSUB and its subcommands (redis.io/commands/pubsub). */
final class PubSub {
    private PubSub() {
    }

    static Command container() {
        CommandSpec spec = CommandSpec.command("PUBSUB", -2).group("pubsub").since("2.8.0")
                .complexity("Depends on subcommand.").summary("Tells who listens to what.").build();
        return Command.container(spec, List.of(
                Command.of(facts("CHANNELS", -2, "2.8.0").complexity("O(N) where N is the number of channels.")
                        .summary("Lists the channels with a subscriber.").syntax("[pattern:pattern]").build(),
                        call -> channels(call, Kind.CHANNEL)),
                Command.of(facts("NUMSUB", -2, "2.8.0").complexity("O(N) where N is the number of names.")
                        .summary("Counts the subscribers of channels.").syntax("[channel [channel ...]]").build(),
                        call -> subscribers(call, Kind.CHANNEL)),
                Command.of(facts("NUMPAT", 2, "2.8.0").complexity("O(1)")
                        .summary("Counts the patterns subscribed to.").build(),
                        call -> call.reply().integer(call.engine().subscriptions().size(Kind.PATTERN))),
                Command.of(facts("SHARDCHANNELS", -2, "7.0.0").complexity("O(N) where N is the number of channels.")
                        .summary("Lists the shard channels with a subscriber.").syntax("[pattern:pattern]").build(),
                        call -> channels(call, Kind.SHARD)),
                Command.of(facts("SHARDNUMSUB", -2, "7.0.0").complexity("O(N) where N is the number of names.")
                        .summary("Counts the subscribers of shard channels.").syntax("[shardchannel [shardchannel ...]]")
                        .build(), call -> subscribers(call, Kind.SHARD)),
                Help.of("PUBSUB", "pubsub", "6.2.0", null,
                        "CHANNELS [<pattern>]",
                        "    Return the currently active channels matching a <pattern> (default: '*').",
                        "NUMPAT",
                        "    Return number of subscriptions to patterns.",
                        "NUMSUB [<channel> ...]",
                        "    Return the number of subscribers for the specified channels, excluding",
                        "    pattern subscriptions(default: no channels).",
                        "SHARDCHANNELS [<pattern>]",
                        "    Return the currently active shard level channels matching a <pattern> (default: '*').",
                        "SHARDNUMSUB [<shardchannel> ...]",
                        "    Return the number of subscribers for the specified shard level channel(s)")));
    }

    private static CommandSpec.Builder facts(String name, int arity, String since) {
        return CommandSpec.command("PUBSUB|" + name, arity).group("pubsub").since(since)
                .flags(CommandFlag.PUBSUB, CommandFlag.LOADING, CommandFlag.STALE);
    }

    private static void channels(Call call, Kind kind) {
        Arguments arguments = call.arguments();
        if (arguments.size() > 3) {
            throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                    + arguments.get(1).latin1() + "'. Try PUBSUB HELP.");
        }
        Glob pattern = arguments.size() == 3 ? new Glob(arguments.get(2)) : null;
        Collection<Bytes> names = call.engine().subscriptions().names(kind, pattern);
        call.reply().array(names.size());
        names.forEach(call.reply()::bulk);
    }

    private static void subscribers(Call call, Kind kind) {
        Arguments arguments = call.arguments();
        Reply reply = call.reply();
        reply.array(2 * (arguments.size() - 2));
        for (int i = 2; i < arguments.size(); i++) {
            reply.bulk(arguments.get(i));
            reply.integer(call.engine().subscriptions().subscribers(kind, arguments.get(i)));
        }
    }
}
