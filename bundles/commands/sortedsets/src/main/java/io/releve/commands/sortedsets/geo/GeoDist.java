package io.releve.commands.sortedsets.geo;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.keyspace.SortedSetValue;

/** GEODIST (redis.io/commands/geodist). */
final class GeoDist extends GeoCommand {
    GeoDist() {
        super(facts("GEODIST", -4, CommandFlag.READONLY)
                .keys(readKey(1))
                .since("3.2.0")
                .complexity("O(log(N)) where N is the number of members.")
                .summary("Returns the distance between two places.")
                .syntax("key member1 member2 [M | KM | FT | MI]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Distance.Unit unit = Distance.Unit.M;
        if (arguments.size() == 5) {
            unit = Distance.Unit.parse(arguments.get(4));
        } else if (arguments.size() > 5) {
            throw CommandException.SYNTAX;
        }
        SortedSetValue set = call.readSortedSet(arguments.get(1));
        Coordinates from = set == null ? null : Coordinates.of(set, arguments.get(2));
        Coordinates to = from == null ? null : Coordinates.of(set, arguments.get(3));
        if (to == null) {
            call.reply().nil();
        } else {
            call.reply().bulk(Distance.text(from.distance(to) / unit.metres));
        }
    }
}
