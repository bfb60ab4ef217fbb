package io.releve.commands.hashes;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;
import io.releve.command.Sample;
import io.releve.keyspace.HashValue;
import java.util.HashSet;
import java.util.Set;

/** HRANDFIELD (redis.io/commands/hrandfield). */
final class HRandField extends HashCommand {
    /** Choosing fewer fields than one in this many, fields are drawn until enough different ones are there. */
    private static final int DRAWN = 3;

    HRandField() {
        super(facts("HRANDFIELD", -2, CommandFlag.READONLY)
                .keys(readKey())
                .since("6.2.0")
                .complexity("O(N) where N is the number of fields returned.")
                .summary("Returns one or several fields chosen at random.")
                .syntax("key [count:integer [WITHVALUES]]")
                .tips("nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        if (arguments.size() == 2) {
            one(call, call.readHash(key));
            return;
        }
        long count = arguments.signedCount(2);
        boolean withValues = arguments.size() > 3;
        if (arguments.size() > 4 || withValues && !arguments.is(3, "WITHVALUES")) {
            throw CommandException.SYNTAX;
        }
        if (withValues && Math.abs(count) > Long.MAX_VALUE / 2) {
            throw CommandException.OUT_OF_RANGE;
        }
        HashValue hash = call.readHash(key);
        if (hash == null) {
            call.reply().array(0);
            return;
        }
        Writer writer = new Writer(call.reply(), withValues);
        if (count < 0) {
            // Nobody can take so long an answer.
            if (count < -Integer.MAX_VALUE / 2) {
                throw CommandException.OUT_OF_RANGE;
            }
            repeated(call, hash, (int) -count, writer);
        } else {
            distinct(call, hash, Math.min(count, hash.size()), writer);
        }
    }

    private static void one(Call call, HashValue hash) {
        if (hash == null) {
            call.reply().nil();
            return;
        }
        Bytes field = new Bytes();
        hash.random(call.random(), field, new Bytes());
        call.reply().bulk(field);
    }

    private static void repeated(Call call, HashValue hash, int count, Writer writer) {
        Bytes field = new Bytes();
        Bytes value = new Bytes();
        writer.begin(count);
        for (int i = 0; i < count; i++) {
            hash.random(call.random(), field, value);
            writer.pair(field, value);
        }
    }

    private static void distinct(Call call, HashValue hash, long count, Writer writer) {
        writer.begin((int) count);
        if (count == hash.size()) {
            hash.visit(writer);
        } else if (count * DRAWN > hash.size()) {
            Sample sample = new Sample(call.random(), count, hash.size());
            hash.visit((field, value) -> {
                if (sample.next()) {
                    writer.pair(field, value);
                }
                return !sample.complete();
            });
        } else {
            Bytes field = new Bytes();
            Bytes value = new Bytes();
            Set<Bytes> drawn = new HashSet<>();
            while (drawn.size() < count) {
                hash.random(call.random(), field, value);
                if (!drawn.contains(field)) {
                    drawn.add(field.copy());
                    writer.pair(field, value);
                }
            }
        }
    }

    /** Writes fields, with their values beside them in RESP2 and in pairs in RESP3. */
    private record Writer(Reply reply, boolean withValues) implements HashValue.PairVisitor {
        void begin(int count) {
            reply.array(withValues && reply.protocol() < 3 ? count * 2 : count);
        }

        @Override
        public boolean pair(Bytes field, Bytes value) {
            if (withValues && reply.protocol() >= 3) {
                reply.array(2);
            }
            reply.bulk(field);
            if (withValues) {
                reply.bulk(value);
            }
            return true;
        }
    }
}
