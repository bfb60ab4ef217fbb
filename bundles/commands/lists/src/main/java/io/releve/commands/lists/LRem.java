package io.releve.commands.lists;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.ListValue;
import java.util.Arrays;

/** LREM (redis.io/commands/lrem). */
final class LRem extends ListCommand {
    LRem() {
        super(facts("LREM", 4, CommandFlag.WRITE)
                .keys(KeySpec.at(1, Flag.RW, Flag.DELETE))
                .complexity("O(N+M) where N is the number of elements and M the number of those removed.")
                .summary("Removes elements that equal a given one: the first few, the last few or all of them.")
                .syntax("key count:integer element"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        long count = arguments.integer(2);
        Bytes key = arguments.get(1);
        ListValue list = call.writeList(key);
        if (list == null) {
            call.reply().integer(0);
            return;
        }
        boolean forward = count >= 0;
        long most = count == 0 || count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
        Matches matches = new Matches(arguments.get(3), most);
        list.visit(forward ? 0 : list.length() - 1, forward, matches);
        if (matches.size > 0) {
            boolean all = matches.size == list.length();
            matches.remove(list, forward);
            call.changed(key, KeyEvent.LIST, "lrem");
            call.countChanges(matches.size - 1);
            if (all) {
                call.event(key, KeyEvent.GENERIC, "del");
            }
        }
        call.reply().integer(matches.size);
    }

    /** The positions of equal elements, in the order of the walk. */
    private static final class Matches implements ListValue.ElementVisitor {
        private final Bytes wanted;
        private final long most;
        private long[] positions = new long[8];
        private int size;

        Matches(Bytes wanted, long most) {
            this.wanted = wanted;
            this.most = most;
        }

        @Override
        public boolean element(long index, Bytes element) {
            if (element.equals(wanted)) {
                if (size == positions.length) {
                    positions = Arrays.copyOf(positions, size * 2);
                }
                positions[size++] = index;
            }
            return size < most;
        }

        /** Removes them, neighbours together, from the tail on so that the positions before stay right. */
        void remove(ListValue list, boolean forward) {
            if (!forward) {
                for (int i = 0; i < size / 2; i++) {
                    long other = positions[i];
                    positions[i] = positions[size - 1 - i];
                    positions[size - 1 - i] = other;
                }
            }
            int end = size;
            while (end > 0) {
                int start = end - 1;
                while (start > 0 && positions[start - 1] == positions[start] - 1) {
                    start--;
                }
                list.remove(positions[start], end - start);
                end = start;
            }
        }
    }
}
