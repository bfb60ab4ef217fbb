package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.Reply;
import io.releve.keyspace.ListValue;

/** LPOS (redis.io/commands/lpos). */
final class LPos extends ListCommand {
    private static final CommandException NO_RANK = new CommandException("ERR RANK can't be zero: use 1 to start from"
            + " the first match, 2 from the second ... or use negative to start from the end of the list");
    private static final CommandException NEGATIVE_COUNT = new CommandException("ERR COUNT can't be negative");
    private static final CommandException NEGATIVE_LENGTH = new CommandException("ERR MAXLEN can't be negative");

    LPos() {
        super(facts("LPOS", -3, CommandFlag.READONLY)
                .keys(readKey())
                .since("6.0.6")
                .complexity("O(N) where N is the number of elements looked at.")
                .summary("Returns the positions of the elements that equal a given one.")
                .syntax("key element [RANK rank:integer] [COUNT num-matches:integer] [MAXLEN len:integer]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long rank = 1;
        boolean unturned = false;
        long count = -1;
        long length = 0;
        for (int i = 3; i < arguments.size(); i += 2) {
            boolean last = i + 1 == arguments.size();
            if (arguments.is(i, "RANK") && !last) {
                rank = arguments.integer(i + 1);
                // the sign of this one cannot be turned; Redis then takes the last match, or all with a COUNT
                unturned = rank == Long.MIN_VALUE;
                rank = unturned ? -1 : rank;
                if (rank == 0) {
                    throw NO_RANK;
                }
            } else if (arguments.is(i, "COUNT") && !last) {
                count = arguments.integer(i + 1, 0, NEGATIVE_COUNT);
            } else if (arguments.is(i, "MAXLEN") && !last) {
                length = arguments.integer(i + 1, 0, NEGATIVE_LENGTH);
            } else {
                throw CommandException.SYNTAX;
            }
        }
        ListValue list = call.readList(arguments.get(1));
        boolean several = count >= 0;
        long most = several ? count : 1;
        Search search = new Search(call.reply(), arguments.get(2), Math.abs(rank) - 1,
                most == 0 || several && unturned ? Long.MAX_VALUE : most, length == 0 ? Long.MAX_VALUE : length);
        int mark = several ? call.reply().openArray() : 0;
        if (list != null) {
            list.visit(rank > 0 ? 0 : list.length() - 1, rank > 0, search);
        }
        if (several) {
            call.reply().closeArray(mark, search.found);
        } else if (search.found == 0) {
            call.reply().nil();
        }
    }

    /** Answers with the positions as it meets them. */
    private static final class Search implements ListValue.ElementVisitor {
        private final Reply reply;
        private final Bytes wanted;
        private long toSkip;
        private final long most;
        private long toCompare;
        private int found;

        Search(Reply reply, Bytes wanted, long toSkip, long most, long toCompare) {
            this.reply = reply;
            this.wanted = wanted;
            this.toSkip = toSkip;
            this.most = most;
            this.toCompare = toCompare;
        }

        @Override
        public boolean element(long index, Bytes element) {
            if (element.equals(wanted) && toSkip-- <= 0) {
                reply.integer(index);
                found++;
            }
            return found < most && --toCompare > 0;
        }
    }
}
