package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.Reply;
import io.releve.keyspace.SortedSetValue;

/** ZSCORE and ZMSCORE (redis.io/commands/zscore). */
final class ZScore extends SortedSetCommand {
    private final boolean several;

    private ZScore(CommandSpec.Builder facts, boolean several) {
        super(facts.keys(readKey()));
        this.several = several;
    }

    static ZScore one() {
        return new ZScore(facts("ZSCORE", 3, CommandFlag.READONLY, CommandFlag.FAST)
                .since("1.2.0")
                .summary("Returns the score of a member.")
                .syntax("key member"), false);
    }

    static ZScore several() {
        return new ZScore(facts("ZMSCORE", -3, CommandFlag.READONLY, CommandFlag.FAST)
                .since("6.2.0")
                .complexity("O(N) where N is the number of members asked for.")
                .summary("Returns the scores of several members.")
                .syntax("key member [member ...]"), true);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        SortedSetValue set = call.readSortedSet(arguments.get(1));
        int size = arguments.size();
        if (several) {
            call.reply().array(size - 2);
        }
        for (int i = 2; i < size; i++) {
            score(call.reply(), set, arguments.get(i));
        }
    }

    private static void score(Reply reply, SortedSetValue set, Bytes member) {
        double score = set == null ? Double.NaN : set.score(member);
        if (Double.isNaN(score)) {
            reply.nil();
        } else {
            reply.decimal(score);
        }
    }
}
