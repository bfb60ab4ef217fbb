package io.releve.commands.sortedsets.geo;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;

/** GEOSEARCH and GEOSEARCHSTORE (redis.io/commands/geosearch). */
final class GeoSearch extends GeoCommand {
    private static final String AREA = "<FROMMEMBER member | FROMLONLAT longitude:double latitude:double> "
            + "<BYRADIUS radius:double <M | KM | FT | MI> | BYBOX width:double height:double <M | KM | FT | MI>> "
            + "[ASC | DESC] [COUNT count:integer [ANY]]";

    private final boolean stores;

    private GeoSearch(CommandSpec.Builder facts, boolean stores) {
        super(facts.since("6.2.0")
                .complexity("O(N+log(M)) where N is the number of members in the grid-aligned box around the area and "
                        + "M the number of members inside it.")
                .changed("7.0.0", "Units may be written in capitals."));
        this.stores = stores;
    }

    static GeoSearch search() {
        return new GeoSearch(facts("GEOSEARCH", -7, CommandFlag.READONLY)
                .keys(readKey(1))
                .summary("Returns the places inside a circle or a box.")
                .syntax("key " + AREA + " [WITHCOORD] [WITHDIST] [WITHHASH]"), false);
    }

    static GeoSearch store() {
        return new GeoSearch(facts("GEOSEARCHSTORE", -8, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.OW, Flag.UPDATE), readKey(2))
                .summary("Stores the places inside a circle or a box.")
                .syntax("destination:key source:key " + AREA + " [STOREDIST]"), true);
    }

    @Override
    public void run(Call call) {
        Bytes destination = stores ? call.arguments().get(1) : null;
        Bytes source = call.arguments().get(stores ? 2 : 1);
        SearchRequest request = SearchRequest.search(call, call.readSortedSet(source), destination);
        if (stores) {
            request.places().store(call, destination, request.storesDistance, "geosearchstore");
        } else {
            request.places().write(call.reply(), request);
        }
    }
}
