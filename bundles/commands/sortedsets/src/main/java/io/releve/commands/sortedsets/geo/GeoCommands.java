package io.releve.commands.sortedsets.geo;

import io.releve.command.Command;
import java.util.List;

/** The commands of Redis' group {@code geo}. */
public final class GeoCommands {
    private GeoCommands() {
    }

    public static List<Command> all() {
        return List.of(new GeoAdd(), new GeoDist(), new GeoHashes(), new GeoPos(), GeoRadius.around(),
                GeoRadius.aroundMember(), GeoRadius.readingAroundMember(), GeoRadius.readingAround(),
                GeoSearch.search(), GeoSearch.store());
    }
}
