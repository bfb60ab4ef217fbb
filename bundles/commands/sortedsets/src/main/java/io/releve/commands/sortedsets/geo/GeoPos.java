package io.releve.commands.sortedsets.geo;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.keyspace.SortedSetValue;

/** GEOPOS (redis.io/commands/geopos). */
final class GeoPos extends GeoCommand {
    GeoPos() {
        super(facts("GEOPOS", -2, CommandFlag.READONLY)
                .keys(readKey(1))
                .since("3.2.0")
                .complexity("O(N) where N is the number of members asked for.")
                .summary("Returns the longitudes and latitudes of places.")
                .syntax("key [member [member ...]]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        SortedSetValue set = call.readSortedSet(arguments.get(1));
        int size = arguments.size();
        call.reply().array(size - 2);
        for (int i = 2; i < size; i++) {
            Coordinates place = set == null ? null : Coordinates.of(set, arguments.get(i));
            if (place == null) {
                call.reply().nilArray();
            } else {
                place.write(call.reply());
            }
        }
    }
}
