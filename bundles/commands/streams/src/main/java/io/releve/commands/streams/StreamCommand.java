package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Reply;
import io.releve.format.stream.Fields;
import io.releve.format.stream.Group;
import io.releve.format.stream.Groups;
import io.releve.format.stream.StreamId;
import io.releve.keyspace.StreamValue;

/** What the commands on streams have in common. */
abstract class StreamCommand implements Command {
    private final CommandSpec spec;

    StreamCommand(CommandSpec.Builder facts) {
        spec = facts.build();
    }

    static CommandSpec.Builder facts(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).group("stream").categories("stream").since("5.0.0").flags(flags);
    }

    @Override
    public final CommandSpec spec() {
        return spec;
    }

    /** The group of a stream, or null when there is none of that name or no stream. */
    static Group group(StreamValue stream, Bytes name) {
        return stream == null ? null : new Groups(stream).find(name);
    }

    static CommandException noGroup(Bytes key, Bytes group, String where) {
        return new CommandException("NOGROUP No such key '" + key.latin1() + "' or consumer group '" + group.latin1() + "'"
                + where);
    }

    /** Writes an id. */
    static void id(Reply reply, StreamId id) {
        if (id.milliseconds() < 0 || id.sequence() < 0) {
            reply.bulk(id.toString());
            return;
        }
        byte[] text = new byte[2 * Numbers.MAX_INTEGER_LENGTH + 1];
        int dash = Numbers.write(text, 0, id.milliseconds());
        text[dash] = '-';
        reply.bulk(text, 0, Numbers.write(text, dash + 1, id.sequence()));
    }

    /** Writes an entry: its id and its fields and values. */
    static void entry(Reply reply, StreamId id, Bytes body) {
        reply.array(2);
        id(reply, id);
        reply.array(Fields.count(body));
        Bytes word = new Bytes();
        for (int at = 0; at < body.length();) {
            at = Fields.next(body, at, word);
            reply.bulk(word);
        }
    }

    /** Writes the entry of an id if it is there; @return whether it is */
    static boolean entry(Reply reply, StreamValue stream, StreamId id) {
        boolean[] found = {false};
        stream.visit(id.milliseconds(), id.sequence(), true, (milliseconds, sequence, body) -> {
            if (milliseconds == id.milliseconds() && sequence == id.sequence()) {
                if (reply != null) {
                    entry(reply, id, body);
                }
                found[0] = true;
            }
            return false;
        });
        return found[0];
    }

    /** Whether an entry is there. */
    static boolean exists(StreamValue stream, StreamId id) {
        return entry(null, stream, id);
    }

    /** The id of the first or last entry, or null. */
    static StreamId end(StreamValue stream, boolean first) {
        StreamId[] found = new StreamId[1];
        StreamId from = first ? StreamId.MIN : StreamId.MAX;
        stream.visit(from.milliseconds(), from.sequence(), first, (milliseconds, sequence, body) -> {
            found[0] = new StreamId(milliseconds, sequence);
            return false;
        });
        return found[0];
    }

    /** A stream to be changed, which must be there. */
    static StreamValue existing(Call call, Bytes key) {
        StreamValue stream = call.writeStream(key);
        if (stream == null) {
            throw CommandException.NO_SUCH_KEY;
        }
        return stream;
    }
}
