package io.releve.commands.keys;

import io.releve.command.Arguments;
import io.releve.command.KeyPositions.Found;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import java.util.List;

/** The keys of SORT and SORT_RO that stand in the request: what is sorted, and where the result goes. */
final class SortKeys {
    private static final KeySpec SOURCE = KeySpec.at(1, Flag.RO, Flag.ACCESS);
    private static final KeySpec TARGET = KeySpec.at(1, Flag.OW, Flag.UPDATE);

    private SortKeys() {
    }

    static List<Found> source(Arguments request) {
        return List.of(new Found(1, SOURCE));
    }

    /** The last STORE counts; the arguments of other options are passed over. */
    static List<Found> all(Arguments request) {
        int target = 0;
        for (int i = 2; i < request.size(); i++) {
            if (request.is(i, "LIMIT")) {
                i += 2;
            } else if (request.is(i, "GET") || request.is(i, "BY")) {
                i++;
            } else if (request.is(i, "STORE") && i + 1 < request.size()) {
                target = ++i;
            }
        }
        return target == 0 ? source(request) : List.of(new Found(1, SOURCE), new Found(target, TARGET));
    }
}
