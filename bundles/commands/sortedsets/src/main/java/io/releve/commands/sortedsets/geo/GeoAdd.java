package io.releve.commands.sortedsets.geo;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.commands.sortedsets.Update;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** GEOADD (redis.io/commands/geoadd). */
final class GeoAdd extends GeoCommand {
    private static final Set<Update.Option> OPTIONS = EnumSet.of(Update.Option.NX, Update.Option.XX, Update.Option.CH);

    GeoAdd() {
        super(facts("GEOADD", -5, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.UPDATE))
                .since("3.2.0")
                .complexity("O(log(N)) a place added, where N is the number of members.")
                .summary("Adds places to a sorted set, which is made if need be, or moves them.")
                .syntax("key [NX | XX] [CH] longitude:double latitude:double member "
                        + "[longitude:double latitude:double member ...]")
                .changed("6.2.0", "Added the options `CH`, `NX` and `XX`."));
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Set<Update.Option> options = EnumSet.noneOf(Update.Option.class);
        int first = 2;
        for (Update.Option option = option(arguments, first); option != null; option = option(arguments, first)) {
            options.add(option);
            first++;
        }
        int words = arguments.size() - first;
        if (words == 0 || words % 3 != 0 || options.contains(Update.Option.NX) && options.contains(Update.Option.XX)) {
            throw CommandException.SYNTAX;
        }
        double[] scores = new double[words / 3];
        for (int i = 0; i < scores.length; i++) {
            Coordinates place = Coordinates.parse(arguments, first + 3 * i);
            scores[i] = Geohash.encode(place.longitude(), place.latitude());
        }
        if (new Update(options).run(call, arguments.get(1), scores, first + 2, 3) && call.logged()) {
            call.effect(effect(arguments, first, scores));
        }
    }

    /** Written to the log are the scores: another machine may round coordinates otherwise. */
    private static Object[] effect(Arguments arguments, int first, double[] scores) {
        List<Object> words = new ArrayList<>(first + 2 * scores.length);
        words.add("zadd");
        for (int i = 1; i < first; i++) {
            words.add(arguments.get(i));
        }
        for (int i = 0; i < scores.length; i++) {
            words.add((long) scores[i]);
            words.add(arguments.get(first + 3 * i + 2));
        }
        return words.toArray();
    }

    private static Update.Option option(Arguments arguments, int i) {
        if (i < arguments.size()) {
            for (Update.Option option : OPTIONS) {
                if (arguments.is(i, option.name())) {
                    return option;
                }
            }
        }
        return null;
    }
}
