package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Group;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import java.util.ArrayList;
import java.util.List;

/** XREAD and XREADGROUP (redis.io/commands/xread, xreadgroup). */
final class XRead extends StreamCommand {
    private static final CommandException GROUP_NEEDED =
            new CommandException("ERR Missing GROUP option for XREADGROUP");
    private static final CommandException UNBALANCED = new CommandException("ERR Unbalanced XREAD list of streams:"
            + " for each stream key an ID or '$' must be specified.");
    private static final CommandException NO_GROUP_HERE = new CommandException(
            "ERR The GROUP option is only supported by XREADGROUP. You called XREAD instead.");
    private static final CommandException NO_NOACK_HERE = new CommandException(
            "ERR The NOACK option is only supported by XREADGROUP. You called XREAD instead.");
    private static final CommandException NO_NEW_HERE = new CommandException("ERR The > ID can be specified only when"
            + " calling XREADGROUP using the GROUP <group> <consumer> option.");
    private static final CommandException NO_LAST_HERE = new CommandException("ERR The $ ID is meaningless in the context"
            + " of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to"
            + " get new messages. The $ ID would just return an empty result set.");

    private final boolean grouped;

    private XRead(CommandSpec.Builder facts, int startFrom, boolean grouped) {
        super(facts.keys(KeySpec.after("STREAMS", startFrom, -1, 1, 2, Flag.RO, Flag.ACCESS))
                .complexity("O(N) for N entries returned."));
        this.grouped = grouped;
    }

    static XRead plain() {
        return new XRead(facts("XREAD", -4, CommandFlag.READONLY, CommandFlag.BLOCKING, CommandFlag.MOVABLEKEYS)
                .summary("Returns entries after given ids, waiting for them if need be.")
                .syntax("[COUNT count:integer] [BLOCK milliseconds:integer] STREAMS key:key [key:key ...] id [id ...]"),
                1, false);
    }

    static XRead group() {
        return new XRead(facts("XREADGROUP", -7, CommandFlag.WRITE, CommandFlag.BLOCKING, CommandFlag.MOVABLEKEYS)
                .summary("Returns entries that are new to a consumer group, or pending, waiting for them if need be.")
                .syntax("GROUP group consumer [COUNT count:integer] [BLOCK milliseconds:integer] [NOACK]"
                        + " STREAMS key:key [key:key ...] id [id ...]"), 4, true);
    }

    /** What the request asks for. */
    private final class Options {
        Bytes group;
        Bytes consumer;
        long count = Long.MAX_VALUE;
        /** Negative: not to wait. */
        long deadline = -1;
        boolean noAck;
        int firstKey;
        int streams;

        Options(Call call) {
            Arguments arguments = call.arguments();
            int i = 1;
            for (; i < arguments.size() && firstKey == 0; i++) {
                int more = arguments.size() - i - 1;
                if (arguments.is(i, "BLOCK") && more > 0) {
                    deadline = Blocking.milliseconds(arguments.get(++i), call.now());
                } else if (arguments.is(i, "COUNT") && more > 0) {
                    long given = arguments.integer(++i);
                    count = given <= 0 ? Long.MAX_VALUE : given;
                } else if (arguments.is(i, "STREAMS") && more > 0) {
                    firstKey = i + 1;
                    streams = more / 2;
                    if (more % 2 != 0) {
                        throw UNBALANCED;
                    }
                } else if (arguments.is(i, "GROUP") && more >= 2) {
                    if (!grouped) {
                        throw NO_GROUP_HERE;
                    }
                    group = arguments.get(i + 1);
                    consumer = arguments.get(i + 2);
                    i += 2;
                } else if (arguments.is(i, "NOACK")) {
                    if (!grouped) {
                        throw NO_NOACK_HERE;
                    }
                    noAck = true;
                } else {
                    throw CommandException.SYNTAX;
                }
            }
            if (firstKey == 0) {
                throw CommandException.SYNTAX;
            }
            if (grouped && group == null) {
                throw GROUP_NEEDED;
            }
        }
    }

    @Override
    public void run(Call call) {
        Options options = new Options(call);
        Arguments arguments = call.arguments();
        StreamValue[] streams = new StreamValue[options.streams];
        // null: what is new to the group
        StreamId[] after = new StreamId[options.streams];
        for (int i = 0; i < options.streams; i++) {
            Bytes key = arguments.get(options.firstKey + i);
            streams[i] = grouped ? call.writeStream(key) : call.readStream(key);
            if (grouped && StreamCommand.group(streams[i], options.group) == null) {
                throw noGroup(key, options.group, " in XREADGROUP with GROUP option");
            }
            after[i] = after(arguments.get(options.firstKey + options.streams + i), streams[i]);
        }
        Reply reply = call.reply();
        boolean resp3 = reply.protocol() >= 3;
        int served = 0;
        int mark = 0;
        for (int i = 0; i < options.streams; i++) {
            Bytes key = arguments.get(options.firstKey + i);
            // looked up here: the same stream may be named twice
            Group group = grouped ? StreamCommand.group(streams[i], options.group) : null;
            Consumer consumer = grouped ? Delivery.consumer(call, key, group, options.consumer) : null;
            if (streams[i] == null || !serves(streams[i], group, after[i])) {
                continue;
            }
            if (served++ == 0) {
                mark = resp3 ? reply.openMap() : reply.openArray();
            }
            if (!resp3) {
                reply.array(2);
            }
            reply.bulk(key);
            if (!grouped) {
                XRange.write(reply, streams[i], after[i].next(), StreamId.MAX, true, options.count);
            } else if (after[i] == null) {
                new Delivery(call, key, streams[i], group, consumer).fresh(options.count, options.noAck);
            } else {
                new Delivery(call, key, streams[i], group, consumer).history(after[i], options.count);
            }
        }
        if (served == 0) {
            await(call, options, after);
        } else if (resp3) {
            reply.closeMap(mark, served);
        } else {
            reply.closeArray(mark, served);
        }
    }

    private StreamId after(Bytes text, StreamValue stream) {
        if (text.length() == 1 && text.byteAt(0) == '$') {
            if (grouped) {
                throw NO_LAST_HERE;
            }
            return stream == null ? StreamId.MIN : StreamState.of(stream).last();
        }
        if (text.length() == 1 && text.byteAt(0) == '>') {
            if (!grouped) {
                throw NO_NEW_HERE;
            }
            return null;
        }
        StreamId id = Ids.exact(text);
        // nothing can be after it: as with Redis, what is new is meant
        return grouped && id.equals(StreamId.MAX) ? null : id;
    }

    /** Whether a stream has something to say: a consumer's history is always told. */
    private boolean serves(StreamValue stream, Group group, StreamId after) {
        if (grouped && after != null) {
            return true;
        }
        StreamId last = end(stream, false);
        return last != null && last.compareTo(grouped ? group.last() : after) > 0;
    }

    private void await(Call call, Options options, StreamId[] after) {
        if (options.deadline < 0 || call.timedOut() || !call.mayBlock()) {
            call.reply().nilArray();
            return;
        }
        Arguments arguments = call.arguments();
        List<Bytes> keys = new ArrayList<>();
        Object[] again = new Object[arguments.size()];
        for (int i = 0; i < again.length; i++) {
            again[i] = arguments.get(i);
        }
        for (int i = 0; i < options.streams; i++) {
            keys.add(arguments.get(options.firstKey + i));
            if (after[i] != null) {
                // $ means the last entry of now, not of later
                again[options.firstKey + options.streams + i] = after[i];
            }
        }
        call.block(new Blocking(options.deadline, keys, Type.STREAM, grouped, again));
    }
}
