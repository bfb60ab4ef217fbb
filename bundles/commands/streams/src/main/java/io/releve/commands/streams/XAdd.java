package io.releve.commands.streams;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.format.stream.Fields;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Type;
import java.util.ArrayList;
import java.util.List;

/** XADD (redis.io/commands/xadd). */
final class XAdd extends StreamCommand {
    private static final CommandException ARITY =
            new CommandException("ERR wrong number of arguments for 'xadd' command");
    private static final CommandException ZERO =
            new CommandException("ERR The ID specified in XADD must be greater than 0-0");
    private static final CommandException TOO_SMALL = new CommandException(
            "ERR The ID specified in XADD is equal or smaller than the target stream top item");
    private static final CommandException EXHAUSTED = new CommandException(
            "ERR The stream has exhausted the last possible ID, unable to add more items");

    XAdd() {
        super(facts("XADD", -5, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE)
                        .withNotes("UPDATE instead of INSERT because of the optional trimming feature"))
                .complexity("O(1), O(N) when N entries are trimmed.")
                .summary("Adds an entry to a stream.")
                .syntax("key [NOMKSTREAM] [<MAXLEN | MINID> [<= | ~>] threshold [LIMIT count:integer]] <* | id>"
                        + " field value [field value ...]")
                .changed("6.2.0", "Added the options `NOMKSTREAM`, `MINID` and `LIMIT`.")
                .changed("7.0.0", "The sequence may be left open: `<ms>-*`.")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Trim trim = null;
        boolean create = true;
        int at = 2;
        while (at < arguments.size() && !isStar(arguments.get(at))) {
            if (arguments.is(at, "NOMKSTREAM")) {
                create = false;
                at++;
                continue;
            }
            Trim options = trim == null ? new Trim() : trim;
            int next = options.parse(arguments, at);
            if (next == at) {
                break;
            }
            trim = options;
            at = next;
        }
        if (at == arguments.size()) {
            throw CommandException.SYNTAX;
        }
        NewId id = NewId.parse(arguments.get(at));
        if (trim != null) {
            trim.check();
        }
        int fields = arguments.size() - at - 1;
        if (fields < 2 || fields % 2 != 0) {
            throw ARITY;
        }
        if (id.isZero()) {
            throw ZERO;
        }
        add(call, create, id, trim, at);
    }

    private static void add(Call call, boolean create, NewId wanted, Trim trim, int at) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        StreamValue stream = call.writeStream(key);
        if (stream == null && !create) {
            call.reply().nil();
            return;
        }
        StreamState state = stream == null ? new StreamState() : StreamState.of(stream);
        if (state.last().equals(StreamId.MAX)) {
            throw EXHAUSTED;
        }
        StreamId id = wanted.after(state.last(), call.now());
        if (id == null) {
            throw TOO_SMALL;
        }
        if (stream == null) {
            stream = (StreamValue) call.create(key, Type.STREAM);
        }
        Fields body = new Fields();
        for (int i = at + 1; i < arguments.size(); i++) {
            body.add(arguments.get(i));
        }
        stream.add(id.milliseconds(), id.sequence(), body.body());
        state.last(id).added(state.added() + 1).store(stream);
        call.changed(key, KeyEvent.STREAM, "xadd");
        id(call.reply(), id);
        long trimmed = trim == null || !trim.active() ? 0
                : trim.run(stream, call.engine().settings().get(EncodingLimits.STREAM_ENTRIES).intValue());
        if (trimmed > 0) {
            call.event(key, KeyEvent.STREAM, "xtrim");
            call.countChanges(trimmed);
        }
        if (call.logged() && (trim != null && trim.isApproximate() || !id.toString().equals(arguments.get(at).latin1()))) {
            effect(call, stream, id, trim, at);
        }
    }

    /** The request with the id that was chosen, and with the length that approximate trimming led to. */
    private static void effect(Call call, StreamValue stream, StreamId id, Trim trim, int at) {
        Arguments arguments = call.arguments();
        List<Object> words = new ArrayList<>();
        words.add("XADD");
        words.add(arguments.get(1));
        if (trim != null && trim.isApproximate()) {
            words.addAll(List.of(trim.exactOption(stream)));
        } else {
            for (int i = 2; i < at; i++) {
                words.add(arguments.get(i));
            }
        }
        words.add(id);
        for (int i = at + 1; i < arguments.size(); i++) {
            words.add(arguments.get(i));
        }
        call.effect(words.toArray());
    }

    private static boolean isStar(Bytes word) {
        return word.length() == 1 && word.byteAt(0) == '*';
    }
}
