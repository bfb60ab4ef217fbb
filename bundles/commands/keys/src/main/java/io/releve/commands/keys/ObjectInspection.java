package io.releve.commands.keys;

import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.util.List;

/** OBJECT and its subcommands (redis.io/commands/object). */
final class ObjectInspection extends KeyCommand {
    private static final CommandException USES_LFU = new CommandException(
            "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between"
                    + " policies at runtime LRU and LFU data will take some time to adjust.");
    private static final CommandException USES_LRU = new CommandException(
            "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching"
                    + " between policies at runtime LRU and LFU data will take some time to adjust.");
    private static final String[] HELP = {
        "OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
        "ENCODING <key>",
        "    Return the kind of internal representation used in order to store the value",
        "    associated with a <key>.",
        "FREQ <key>",
        "    Return the access frequency index of the <key>. The returned integer is",
        "    proportional to the logarithm of the recent access frequency of the key.",
        "IDLETIME <key>",
        "    Return the idle time of the <key>, that is the approximated number of",
        "    seconds elapsed since the last access to the key.",
        "REFCOUNT <key>",
        "    Return the number of references of the value associated with the specified",
        "    <key>.",
        "HELP",
        "    Prints this help."};
    /** Redis shares the objects of the integers below this one and counts their references no more. */
    private static final int SHARED_INTEGERS = 10_000;

    private final List<Command> subcommands = List.of(
            new Inspection("ENCODING", "2.2.3", "Returns the name of a value's representation.",
                    (call, value) -> call.reply().bulk(value.encoding())),
            new Inspection("FREQ", "4.0.0", "Returns the logarithmic access frequency of a key.",
                    ObjectInspection::frequency),
            new Inspection("IDLETIME", "2.2.3", "Returns the seconds since the last access to a key.",
                    ObjectInspection::idleTime),
            new Inspection("REFCOUNT", "2.2.3", "Returns the number of references to a value.",
                    (call, value) -> call.reply().integer(references(value))),
            new Help());

    ObjectInspection() {
        super(CommandSpec.command("OBJECT", -2).group("generic").since("2.2.3")
                .complexity("Depends on subcommand.")
                .summary("Inspects how values are held."));
    }

    @Override
    public List<Command> subcommands() {
        return subcommands;
    }

    @Override
    public void run(Call call) {
        throw CommandException.SYNTAX;
    }

    private static void frequency(Call call, Value value) {
        if (!call.engine().countsFrequencies()) {
            throw USES_LRU;
        }
        call.reply().integer(call.engine().frequency(value.access()));
    }

    private static void idleTime(Call call, Value value) {
        if (call.engine().countsFrequencies()) {
            throw USES_LFU;
        }
        call.reply().integer(call.engine().idleSeconds(value.access()));
    }

    private static long references(Value value) {
        if (value instanceof StringValue string && value.encoding().equals("int")) {
            long number = string.integer();
            return number >= 0 && number < SHARED_INTEGERS ? Integer.MAX_VALUE : 1;
        }
        return 1;
    }

    /** Tells something about a value that is there. */
    @FunctionalInterface
    private interface Answer {
        void reply(Call call, Value value);
    }

    /** A subcommand about one key. */
    private static final class Inspection extends KeyCommand {
        private final Answer answer;

        Inspection(String name, String since, String summary, Answer answer) {
            super(facts("OBJECT|" + name, 3, CommandFlag.READONLY)
                    .keys(KeySpec.at(2, Flag.RO))
                    .since(since)
                    .summary(summary)
                    .syntax("key")
                    .tips("nondeterministic_output"));
            this.answer = answer;
        }

        @Override
        public void run(Call call) {
            Value value = call.peek(call.arguments().get(2));
            if (value == null) {
                call.reply().nil();
            } else {
                answer.reply(call, value);
            }
        }
    }

    /** OBJECT HELP. */
    private static final class Help extends KeyCommand {
        Help() {
            super(facts("OBJECT|HELP", 2, CommandFlag.LOADING, CommandFlag.STALE)
                    .since("6.2.0")
                    .summary("Describes the subcommands."));
        }

        @Override
        public void run(Call call) {
            Reply reply = call.reply();
            reply.array(HELP.length);
            for (String line : HELP) {
                reply.simple(line);
            }
        }
    }
}
