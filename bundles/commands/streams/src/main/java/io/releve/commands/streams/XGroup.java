package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Help;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Group;
import io.releve.format.stream.Groups;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import java.util.List;

/** XGROUP and its subcommands (redis.io/commands/xgroup-create). */
final class XGroup {
    private static final CommandException NO_KEY = new CommandException("ERR The XGROUP subcommand requires the key to"
            + " exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream"
            + " automatically.");
    private static final CommandException BUSY = new CommandException("BUSYGROUP Consumer Group name already exists");
    /** Most words of XGROUP CREATE and of XGROUP SETID. */
    private static final int MOST_TO_CREATE = 8;
    private static final int MOST_TO_SET = 7;
    private static final CommandException NEGATIVE =
            new CommandException("ERR value for ENTRIESREAD must be positive or -1");

    private XGroup() {
    }

    static Command container() {
        return Command.container(CommandSpec.command("XGROUP", -2).group("stream").since("5.0.0")
                .complexity("Depends on subcommand.").summary("Manages consumer groups.").build(), List.of(
                Command.of(facts("CREATE", -5, Flag.INSERT, CommandFlag.WRITE, CommandFlag.DENYOOM)
                        .summary("Makes a consumer group.")
                        .syntax("key groupname <id | $> [MKSTREAM] [ENTRIESREAD entries_read:integer]")
                        .changed("7.0.0", "Added the option `ENTRIESREAD`.").build(), XGroup::create),
                Command.of(facts("SETID", -5, Flag.UPDATE, CommandFlag.WRITE)
                        .summary("Sets the id a group has been given last.")
                        .syntax("key groupname <id | $> [ENTRIESREAD entries_read:integer]")
                        .changed("7.0.0", "Added the option `ENTRIESREAD`.").build(), XGroup::setId),
                Command.of(facts("DESTROY", 4, Flag.DELETE, CommandFlag.WRITE)
                        .complexity("O(N) for N pending entries.")
                        .summary("Removes a consumer group.").syntax("key groupname").build(), XGroup::destroy),
                Command.of(facts("CREATECONSUMER", 5, Flag.INSERT, CommandFlag.WRITE, CommandFlag.DENYOOM)
                        .since("6.2.0").summary("Makes a consumer.").syntax("key groupname consumername").build(),
                        XGroup::createConsumer),
                Command.of(facts("DELCONSUMER", 5, Flag.DELETE, CommandFlag.WRITE)
                        .summary("Removes a consumer with its pending entries.").syntax("key groupname consumername")
                        .build(), XGroup::deleteConsumer),
                Help.of("XGROUP", "stream", "5.0.0", "stream",
                        "CREATE <key> <groupname> <id|$> [option]",
                        "    Create a new consumer group. Options are:",
                        "    * MKSTREAM",
                        "      Create the empty stream if it does not exist.",
                        "    * ENTRIESREAD entries_read",
                        "      Set the group's entries_read counter (internal use).",
                        "CREATECONSUMER <key> <groupname> <consumer>",
                        "    Create a new consumer in the specified group.",
                        "DELCONSUMER <key> <groupname> <consumer>",
                        "    Remove the specified consumer.",
                        "DESTROY <key> <groupname>",
                        "    Remove the specified group.",
                        "SETID <key> <groupname> <id|$> [ENTRIESREAD entries_read]",
                        "    Set the current group ID and entries_read counter.")));
    }

    private static CommandSpec.Builder facts(String name, int arity, Flag change, CommandFlag... flags) {
        return StreamCommand.facts("XGROUP|" + name, arity, flags).keys(KeySpec.at(2, Flag.RW, change)).complexity("O(1)");
    }

    /** The options of CREATE and SETID. */
    private static final class Options {
        boolean makeStream;
        long entriesRead = History.UNKNOWN;

        Options(Arguments arguments, boolean creating) {
            for (int i = 5; i < arguments.size(); i++) {
                if (creating && arguments.is(i, "MKSTREAM")) {
                    makeStream = true;
                } else if (arguments.is(i, "ENTRIESREAD") && i + 1 < arguments.size()) {
                    entriesRead = arguments.integer(++i);
                    if (entriesRead < History.UNKNOWN) {
                        throw NEGATIVE;
                    }
                } else {
                    throw unknown(arguments);
                }
            }
        }

        /** An option may be repeated, but not so often; that is looked at after the stream, and the group to be changed. */
        static void checkNumber(Arguments arguments, int most) {
            if (arguments.size() > most) {
                throw unknown(arguments);
            }
        }

        private static CommandException unknown(Arguments arguments) {
            return new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                    + arguments.get(1).latin1() + "'. Try XGROUP HELP.");
        }
    }

    /** The group of an existing stream, which must be there. */
    private static Group group(Call call, StreamValue stream) {
        Group group = StreamCommand.group(stream, call.arguments().get(3));
        if (group == null) {
            throw new CommandException("NOGROUP No such consumer group '" + call.arguments().get(3).latin1()
                    + "' for key name '" + call.arguments().get(2).latin1() + "'");
        }
        return group;
    }

    private static StreamValue stream(Call call) {
        StreamValue stream = call.writeStream(call.arguments().get(2));
        if (stream == null) {
            throw NO_KEY;
        }
        return stream;
    }

    /** The last id of a stream for {@code $}, else null. */
    private static StreamId last(Bytes text, StreamValue stream) {
        if (text.length() != 1 || text.byteAt(0) != '$') {
            return null;
        }
        return stream == null ? StreamId.MIN : StreamState.of(stream).last();
    }

    private static void create(Call call) {
        Arguments arguments = call.arguments();
        Options options = new Options(arguments, true);
        Bytes key = arguments.get(2);
        StreamValue stream = call.writeStream(key);
        if (stream == null && !options.makeStream) {
            throw NO_KEY;
        }
        Options.checkNumber(arguments, MOST_TO_CREATE);
        StreamId last = last(arguments.get(4), stream);
        StreamId id = last == null ? Ids.exact(arguments.get(4)) : last;
        if (stream == null) {
            stream = (StreamValue) call.create(key, Type.STREAM);
            new StreamState().store(stream);
        }
        Groups groups = new Groups(stream);
        if (groups.find(arguments.get(3)) != null) {
            throw BUSY;
        }
        groups.create(arguments.get(3), id, options.entriesRead);
        call.changed(key, KeyEvent.STREAM, "xgroup-create");
        call.reply().ok();
    }

    private static void setId(Call call) {
        Arguments arguments = call.arguments();
        Options options = new Options(arguments, false);
        StreamValue stream = stream(call);
        Group group = group(call, stream);
        Options.checkNumber(arguments, MOST_TO_SET);
        StreamId last = last(arguments.get(4), stream);
        group.last(last == null ? Ids.exactOrEnd(arguments.get(4)) : last).entriesRead(options.entriesRead).store();
        call.changed(arguments.get(2), KeyEvent.STREAM, "xgroup-setid");
        call.reply().ok();
    }

    private static void destroy(Call call) {
        StreamValue stream = stream(call);
        Group group = StreamCommand.group(stream, call.arguments().get(3));
        if (group == null) {
            call.reply().integer(0);
            return;
        }
        new Groups(stream).remove(group);
        call.changed(call.arguments().get(2), KeyEvent.STREAM, "xgroup-destroy");
        call.reply().integer(1);
    }

    private static void createConsumer(Call call) {
        Group group = group(call, stream(call));
        Bytes name = call.arguments().get(4);
        boolean isNew = group.consumer(name) == null;
        if (isNew) {
            group.createConsumer(name, call.now(), -1);
            call.changed(call.arguments().get(2), KeyEvent.STREAM, "xgroup-createconsumer");
        }
        call.reply().integer(isNew ? 1 : 0);
    }

    private static void deleteConsumer(Call call) {
        Group group = group(call, stream(call));
        Consumer consumer = group.consumer(call.arguments().get(4));
        if (consumer != null) {
            group.removeConsumer(consumer);
            call.changed(call.arguments().get(2), KeyEvent.STREAM, "xgroup-delconsumer");
        }
        call.reply().integer(consumer == null ? 0 : consumer.pending());
    }
}
