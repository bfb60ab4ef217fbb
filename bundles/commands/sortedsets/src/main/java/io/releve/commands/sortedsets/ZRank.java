package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.keyspace.SortedSetValue;

/** ZRANK and ZREVRANK (redis.io/commands/zrank). */
final class ZRank extends SortedSetCommand {
    private final boolean upwards;

    private ZRank(CommandSpec.Builder facts, boolean upwards) {
        super(facts.keys(readKey())
                .since("2.0.0")
                .complexity("O(log(N)) where N is the number of members.")
                .syntax("key member [WITHSCORE]")
                .changed("7.2.0", "Added the optional argument `WITHSCORE`."));
        this.upwards = upwards;
    }

    static ZRank fromLowest() {
        return new ZRank(facts("ZRANK", -3, CommandFlag.READONLY, CommandFlag.FAST)
                .summary("Returns how many members have lower scores than a member."), true);
    }

    static ZRank fromHighest() {
        return new ZRank(facts("ZREVRANK", -3, CommandFlag.READONLY, CommandFlag.FAST)
                .summary("Returns how many members have higher scores than a member."), false);
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        boolean withScore = arguments.size() > 3;
        if (arguments.size() > 4 || withScore && !arguments.is(3, "WITHSCORE")) {
            throw CommandException.SYNTAX;
        }
        SortedSetValue set = call.readSortedSet(arguments.get(1));
        Bytes member = arguments.get(2);
        long rank = set == null ? -1 : set.rank(member);
        if (rank < 0) {
            nothing(call, withScore);
            return;
        }
        if (withScore) {
            call.reply().array(2);
        }
        call.reply().integer(upwards ? rank : set.size() - 1 - rank);
        if (withScore) {
            call.reply().decimal(set.score(member));
        }
    }

    private static void nothing(Call call, boolean withScore) {
        if (withScore) {
            call.reply().nilArray();
        } else {
            call.reply().nil();
        }
    }
}
