package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.KeyEvent;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Type;
import java.util.Set;

/** Sets scores as ZADD does, with its options; also what ZINCRBY and GEOADD do in the end (redis.io/commands/zadd). */
public final class Update {
    /** An option of ZADD, with the word it is called by. */
    public enum Option {
        /** Only new members. */
        NX,
        /** Only members that are there. */
        XX,
        /** Members that are there only get higher scores. */
        GT,
        /** Members that are there only get lower scores. */
        LT,
        /** The answer also counts members whose score has changed. */
        CH,
        /** The number is added to the score of the only member, which is the answer. */
        INCR
    }

    private static final CommandException NOT_A_NUMBER =
            new CommandException("ERR resulting score is not a number (NaN)");

    private final Set<Option> options;
    private final boolean increments;
    private long added;
    private long changed;
    /** The score of the member handled last, NaN when it was left as it is. */
    private double last = Double.NaN;

    public Update(Set<Option> options) {
        this.options = options;
        increments = options.contains(Option.INCR);
    }

    /**
     * Sets the scores of members and answers.
     *
     * @param scores the new scores, or the increment
     * @param firstMember position of the first member's argument
     * @param step distance to the next one
     * @return whether anything has changed
     * @throws CommandException when infinities of both signs are added; nothing has been changed then
     */
    public boolean run(Call call, Bytes key, double[] scores, int firstMember, int step) {
        Arguments arguments = call.arguments();
        SortedSetValue set = call.writeSortedSet(key);
        if (set == null && !options.contains(Option.XX)) {
            set = (SortedSetValue) call.create(key, Type.SORTED_SET);
        }
        for (int i = 0; set != null && i < scores.length; i++) {
            put(set, arguments.get(firstMember + i * step), scores[i]);
        }
        if (added + changed > 0) {
            call.changed(key, KeyEvent.SORTED_SET, increments ? "zincr" : "zadd");
            call.countChanges(added + changed - 1);
        }
        if (!increments) {
            call.reply().integer(options.contains(Option.CH) ? added + changed : added);
        } else if (Double.isNaN(last)) {
            call.reply().nil();
        } else {
            call.reply().decimal(last);
        }
        return added + changed > 0;
    }

    private void put(SortedSetValue set, Bytes member, double number) {
        double old = set.score(member);
        if (Double.isNaN(old)) {
            if (!options.contains(Option.XX)) {
                Result.put(set, member, number);
                added++;
                last = number;
            }
            return;
        }
        if (options.contains(Option.NX)) {
            return;
        }
        double score = increments ? old + number : number;
        if (Double.isNaN(score)) {
            throw NOT_A_NUMBER;
        }
        if (options.contains(Option.GT) && score <= old || options.contains(Option.LT) && score >= old) {
            return;
        }
        last = score;
        if (score != old) {
            Result.put(set, member, score);
            changed++;
        }
    }
}
