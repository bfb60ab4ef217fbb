package io.releve.commands.sortedsets.geo;

import io.releve.command.Call;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.SortedSetValue;

/** GEORADIUS, GEORADIUSBYMEMBER and the same with _RO (redis.io/commands/georadius). */
final class GeoRadius extends GeoCommand {
    private static final String OPTIONS = "radius:double <M | KM | FT | MI> [WITHCOORD] [WITHDIST] [WITHHASH] "
            + "[COUNT count:integer [ANY]] [ASC | DESC]";
    private static final String STORE = " [STORE key] [STOREDIST key]";
    private static final String AROUND = "key longitude:double latitude:double ";
    private static final String ANY = "Added the option `ANY` for `COUNT`.";
    private static final String CAPITALS = "Units may be written in capitals.";

    private final boolean member;
    private final boolean mayStore;

    private GeoRadius(CommandSpec.Builder facts, boolean member, boolean mayStore) {
        super(facts.complexity("O(N+log(M)) where N is the number of members in the box around the circle and M the "
                + "number of members of the sorted set."));
        this.member = member;
        this.mayStore = mayStore;
    }

    static GeoRadius around() {
        return new GeoRadius(storing("GEORADIUS", -6)
                .deprecated("6.2.0", "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` argument")
                .summary("Returns or stores the places inside a circle.")
                .syntax(AROUND + OPTIONS + STORE)
                .changed("6.2.0", ANY)
                .changed("7.0.0", CAPITALS), false, true);
    }

    static GeoRadius readingAround() {
        return new GeoRadius(reading("GEORADIUS_RO", -6)
                .deprecated("6.2.0", "`GEOSEARCH` with the `BYRADIUS` argument")
                .summary("Returns the places inside a circle.")
                .syntax(AROUND + OPTIONS)
                .changed("6.2.0", ANY), false, false);
    }

    static GeoRadius aroundMember() {
        return new GeoRadius(storing("GEORADIUSBYMEMBER", -5)
                .deprecated("6.2.0", "`GEOSEARCH` and `GEOSEARCHSTORE` with the `BYRADIUS` and `FROMMEMBER` arguments")
                .summary("Returns or stores the places inside a circle around a member.")
                .syntax("key member " + OPTIONS + STORE)
                .changed("7.0.0", CAPITALS), true, true);
    }

    static GeoRadius readingAroundMember() {
        return new GeoRadius(reading("GEORADIUSBYMEMBER_RO", -5)
                .deprecated("6.2.0", "`GEOSEARCH` with the `BYRADIUS` and `FROMMEMBER` arguments")
                .summary("Returns the places inside a circle around a member.")
                .syntax("key member " + OPTIONS), true, false);
    }

    private static CommandSpec.Builder storing(String name, int arity) {
        return facts(name, arity, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.MOVABLEKEYS)
                .keys(readKey(1), KeySpec.after("STORE", -arity, 0, 1, 0, Flag.OW, Flag.UPDATE),
                        KeySpec.after("STOREDIST", -arity, 0, 1, 0, Flag.OW, Flag.UPDATE))
                .since("3.2.0");
    }

    private static CommandSpec.Builder reading(String name, int arity) {
        return facts(name, arity, CommandFlag.READONLY).keys(readKey(1)).since("3.2.10");
    }

    @Override
    public void run(Call call) {
        SortedSetValue set = call.readSortedSet(call.arguments().get(1));
        SearchRequest request = SearchRequest.radius(call, set, member, mayStore);
        if (request.destination != null) {
            request.places().store(call, request.destination, request.storesDistance, "georadiusstore");
        } else {
            request.places().write(call.reply(), request);
        }
    }
}
