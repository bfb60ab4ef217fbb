package io.releve.commands.streams;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Group;
import io.releve.format.stream.Groups;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;
import java.util.List;
import java.util.OptionalLong;

/** XINFO and its subcommands (redis.io/commands/xinfo-stream). */
final class XInfo {
    private XInfo() {
    }

    static Command container() {
        return Command.container(CommandSpec.command("XINFO", -2).group("stream").since("5.0.0")
                .complexity("Depends on subcommand.").summary("Tells about streams and consumer groups.").build(), List.of(
                Command.of(facts("STREAM", -3).summary("Tells about a stream.").syntax("key [FULL [COUNT count:integer]]")
                        .changed("6.0.0", "Added the option `FULL`.")
                        .changed("7.0.0", "Added the figures of entries added, deleted and read.").build(),
                        new StreamDescription()::run),
                Command.of(facts("GROUPS", 3).summary("Tells about the consumer groups of a stream.").syntax("key")
                        .changed("7.0.0", "Added `entries-read` and `lag`.").build(), XInfo::groups),
                Command.of(facts("CONSUMERS", 4).summary("Tells about the consumers of a group.").syntax("key groupname")
                        .changed("7.2.0", "Added `inactive`.").tips("nondeterministic_output").build(), XInfo::consumers),
                Help.of("XINFO", "stream", "5.0.0", "stream",
                        "CONSUMERS <key> <groupname>",
                        "    Show consumers of <groupname>.",
                        "GROUPS <key>",
                        "    Show the stream consumer groups.",
                        "STREAM <key> [FULL [COUNT <count>]",
                        "    Show information about the stream.")));
    }

    private static CommandSpec.Builder facts(String name, int arity) {
        return StreamCommand.facts("XINFO|" + name, arity, CommandFlag.READONLY)
                .keys(KeySpec.at(2, Flag.RO, Flag.ACCESS)).complexity("O(1)");
    }

    static StreamValue stream(Call call) {
        StreamValue stream = call.readStream(call.arguments().get(2));
        if (stream == null) {
            throw CommandException.NO_SUCH_KEY;
        }
        return stream;
    }

    private static void groups(Call call) {
        StreamValue stream = stream(call);
        StreamState state = StreamState.of(stream);
        List<Group> groups = new Groups(stream).all();
        Reply reply = call.reply();
        reply.array(groups.size());
        for (Group group : groups) {
            reply.map(6);
            reply.bulk("name");
            reply.bulk(group.name());
            reply.bulk("consumers");
            reply.integer(group.consumers());
            reply.bulk("pending");
            reply.integer(group.pending());
            position(reply, stream, state, group);
        }
    }

    /** Writes how far a group has come: three pairs. */
    static void position(Reply reply, StreamValue stream, StreamState state, Group group) {
        reply.bulk("last-delivered-id");
        StreamCommand.id(reply, group.last());
        reply.bulk("entries-read");
        long read = group.entriesRead();
        known(reply, read == History.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(read));
        reply.bulk("lag");
        known(reply, History.lag(stream, state, group));
    }

    private static void known(Reply reply, OptionalLong number) {
        if (number.isEmpty()) {
            reply.nil();
        } else {
            reply.integer(number.getAsLong());
        }
    }

    private static void consumers(Call call) {
        Arguments arguments = call.arguments();
        Group group = StreamCommand.group(stream(call), arguments.get(3));
        if (group == null) {
            throw new CommandException("NOGROUP No such consumer group '" + arguments.get(3).latin1() + "' for key name '"
                    + arguments.get(2).latin1() + "'");
        }
        List<Consumer> consumers = group.allConsumers();
        Reply reply = call.reply();
        reply.array(consumers.size());
        for (Consumer consumer : consumers) {
            reply.map(4);
            reply.bulk("name");
            reply.bulk(consumer.name());
            reply.bulk("pending");
            reply.integer(consumer.pending());
            reply.bulk("idle");
            reply.integer(Math.max(0, call.now() - consumer.seen()));
            reply.bulk("inactive");
            reply.integer(consumer.active() < 0 ? -1 : Math.max(0, call.now() - consumer.active()));
        }
    }
}
