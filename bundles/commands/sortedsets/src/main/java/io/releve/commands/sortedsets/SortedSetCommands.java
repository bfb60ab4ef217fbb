package io.releve.commands.sortedsets;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.commands.sortedsets.geo.GeoCommands;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The commands of Redis' groups {@code sorted-set} and {@code geo}. */
@Component
public final class SortedSetCommands implements CommandSet {
    private final List<Command> commands;

    public SortedSetCommands() {
        List<Command> all = new ArrayList<>(List.of(
                MultiPop.blocking(), BlockingPop.max(), BlockingPop.min(), new ZAdd(), new ZCard(), ZCount.byScore(),
                SetOperation.diff(), SetOperation.diffStore(), new ZIncrBy(), SetOperation.inter(), new ZInterCard(),
                SetOperation.interStore(), ZCount.byMember(), MultiPop.immediate(), ZScore.several(), Pop.max(),
                Pop.min(), new ZRandMember(), ZRange.range(), ZRange.byMember(), ZRange.byScore(), new ZRangeStore(),
                ZRank.fromLowest(), new ZRem(), ZRemRange.byMember(), ZRemRange.byRank(), ZRemRange.byScore(),
                ZRange.reverse(), ZRange.reverseByMember(), ZRange.reverseByScore(), ZRank.fromHighest(), new ZScan(),
                ZScore.one(), SetOperation.union(), SetOperation.unionStore()));
        all.addAll(GeoCommands.all());
        commands = List.copyOf(all);
    }

    @Override
    public String name() {
        return "sortedsets";
    }

    @Override
    public List<Command> commands() {
        return commands;
    }
}
