package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.command.Reply;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/** LCS (redis.io/commands/lcs). */
final class Lcs extends StringCommand {
    private static final CommandException NO_STRINGS =
            new CommandException("ERR The specified keys must contain string values");
    private static final CommandException BOTH =
            new CommandException("ERR If you want both the length and indexes, please just use IDX.");
    private static final CommandException TOO_LARGE = new CommandException(
            "ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len");
    private static final CommandException NO_MEMORY =
            new CommandException("ERR Insufficient memory, failed allocating transient memory for LCS");

    Lcs() {
        super(facts("LCS", -3, CommandFlag.READONLY)
                .keys(KeySpec.range(1, 1, 1, Flag.RO, Flag.ACCESS))
                .since("7.0.0")
                .complexity("O(N*M) where N and M are the lengths of the two strings.")
                .summary("Returns the longest common subsequence of two strings, its length or where it stands.")
                .syntax("key1:key key2:key [LEN] [IDX] [MINMATCHLEN min-match-len:integer] [WITHMATCHLEN]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        byte[] a = content(call, 1);
        byte[] b = content(call, 2);
        boolean len = false;
        boolean idx = false;
        boolean withLengths = false;
        long shortest = 0;
        for (int i = 3; i < arguments.size(); i++) {
            if (arguments.is(i, "IDX")) {
                idx = true;
            } else if (arguments.is(i, "LEN")) {
                len = true;
            } else if (arguments.is(i, "WITHMATCHLEN")) {
                withLengths = true;
            } else if (arguments.is(i, "MINMATCHLEN") && i + 1 < arguments.size()) {
                shortest = arguments.integer(++i);
            } else {
                throw CommandException.SYNTAX;
            }
        }
        if (idx && len) {
            throw BOTH;
        }
        CommonSubsequence common = compare(call, a, b, !len);
        if (len) {
            call.reply().integer(common.length());
        } else if (idx) {
            replyMatches(call.reply(), common, shortest, withLengths);
        } else {
            call.reply().bulk(common.content());
        }
    }

    private static byte[] content(Call call, int i) {
        Value value = call.read(call.arguments().get(i));
        if (value == null) {
            return new byte[0];
        }
        if (value instanceof StringValue string) {
            return string.toByteArray();
        }
        throw NO_STRINGS;
    }

    private static CommonSubsequence compare(Call call, byte[] a, byte[] b, boolean traced) {
        // The limit is that of Redis, whose table takes four bytes a cell.
        if ((a.length + 1L) * (b.length + 1L) * Integer.BYTES > longest(call)) {
            throw TOO_LARGE;
        }
        try {
            return new CommonSubsequence(a, b, traced);
        } catch (OutOfMemoryError e) {
            throw NO_MEMORY;
        }
    }

    private static void replyMatches(Reply reply, CommonSubsequence common, long shortest, boolean withLengths) {
        reply.map(2);
        reply.bulk("matches");
        int mark = reply.openArray();
        int[] count = new int[1];
        common.matches((fromA, fromB, length) -> {
            if (length < shortest) {
                return;
            }
            count[0]++;
            reply.array(withLengths ? 3 : 2);
            range(reply, fromA, length);
            range(reply, fromB, length);
            if (withLengths) {
                reply.integer(length);
            }
        });
        reply.closeArray(mark, count[0]);
        reply.bulk("len");
        reply.integer(common.length());
    }

    private static void range(Reply reply, int from, int length) {
        reply.array(2);
        reply.integer(from);
        reply.integer(from + length - 1L);
    }
}
