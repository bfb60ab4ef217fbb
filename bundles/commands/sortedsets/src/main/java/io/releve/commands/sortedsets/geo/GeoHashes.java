package io.releve.commands.sortedsets.geo;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.keyspace.SortedSetValue;

/** GEOHASH (redis.io/commands/geohash). */
final class GeoHashes extends GeoCommand {
    GeoHashes() {
        super(facts("GEOHASH", -2, CommandFlag.READONLY)
                .keys(readKey(1))
                .since("3.2.0")
                .complexity("O(log(N)) a member asked for, where N is the number of members.")
                .summary("Returns places as geohashes of eleven characters.")
                .syntax("key [member [member ...]]"));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        SortedSetValue set = call.readSortedSet(arguments.get(1));
        int size = arguments.size();
        call.reply().array(size - 2);
        for (int i = 2; i < size; i++) {
            double score = set == null ? Double.NaN : set.score(arguments.get(i));
            if (Double.isNaN(score)) {
                call.reply().nil();
            } else {
                call.reply().bulk(Geohash.text(score));
            }
        }
    }
}
