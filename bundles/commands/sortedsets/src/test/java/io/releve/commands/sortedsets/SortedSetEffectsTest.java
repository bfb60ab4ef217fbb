package io.releve.commands.sortedsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Comparison;
import io.releve.engine.Clock;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written to the log: what a real server writes into its append-only file. */
class SortedSetEffectsTest {
    private static final String[][] EXPECTED = {
        {"zadd z 1 a 2 b 3 c 4 d 5 e 6 f", "zadd z 1 a 2 b 3 c 4 d 5 e 6 f"},
        {"zadd z 1 a"},
        {"zadd z ch 7 a", "zadd z ch 7 a"},
        {"zadd z incr 2 a", "zadd z incr 2 a"},
        {"zadd z nx incr 2 a"},
        {"zadd z xx 2 none"},
        {"zincrby z 0 a"},
        {"zincrby z 1.5 a", "zincrby z 1.5 a"},
        {"zpopmin z", "zpopmin z"},
        {"zpopmax z 2", "zpopmax z 2"},
        {"zpopmin z 0"},
        {"zpopmin none"},
        {"zmpop 2 none z min", "ZPOPMIN z 1"},
        {"zmpop 1 z max count 10", "ZPOPMAX z 2"},
        {"zmpop 1 z max count 10"},
        {"zadd z 1 a 2 b 3 c 4 d 5 e 6 f", "zadd z 1 a 2 b 3 c 4 d 5 e 6 f"},
        {"bzpopmin none z 0", "ZPOPMIN z"},
        {"bzpopmax z 0", "ZPOPMAX z"},
        {"bzmpop 0 2 none z MIN count 2", "ZPOPMIN z 2"},
        {"zrem z none"},
        {"zrem z a b c d e", "zrem z a b c d e"},
        {"zadd z 1 a 2 b 3 c 4 d 5 e 6 f", "zadd z 1 a 2 b 3 c 4 d 5 e 6 f"},
        {"zremrangebyrank z 0 0", "zremrangebyrank z 0 0"},
        {"zremrangebyrank z 9 9"},
        {"zremrangebyscore z 2 2", "zremrangebyscore z 2 2"},
        {"zremrangebylex z [c [c", "zremrangebylex z [c [c"},
        {"zrangestore d z 0 -1", "zrangestore d z 0 -1"},
        {"zrangestore d none 0 -1", "zrangestore d none 0 -1"},
        {"zrangestore d none 0 -1"},
        {"zunionstore d 2 z z", "zunionstore d 2 z z"},
        {"zinterstore d 2 z none", "zinterstore d 2 z none"},
        {"zinterstore d 2 z none"},
        {"zdiffstore d 1 z", "zdiffstore d 1 z"},
        {"zrange z 0 -1"}, {"zscore z a"}, {"zunion 1 z"}, {"zintercard 1 z"}, {"zscan z 0"}, {"zrandmember z"},
        {"geoadd g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania",
            "zadd g 3479099956230698 Palermo 3479447370796909 Catania"},
        {"geoadd g nx ch 13.361389 38.115556 Palermo"},
        {"geoadd g xx ch 13.5 38.115556 Palermo", "zadd g xx ch 3479100629809192 Palermo"},
        {"geosearchstore gd g fromlonlat 15 37 byradius 200 km asc",
            "geosearchstore gd g fromlonlat 15 37 byradius 200 km asc"},
        {"geosearchstore gd g fromlonlat 15 37 byradius 1 m", "geosearchstore gd g fromlonlat 15 37 byradius 1 m"},
        {"geosearchstore gd g fromlonlat 15 37 byradius 1 m"},
        {"georadius g 15 37 200 km store gd", "georadius g 15 37 200 km store gd"},
        {"georadius g 15 37 200 km"},
        {"georadius g 15 37 1 m store gd", "georadius g 15 37 1 m store gd"},
        {"georadiusbymember g Palermo 200 km storedist gd", "georadiusbymember g Palermo 200 km storedist gd"},
        {"georadiusbymember none Palermo 200 km storedist gd", "georadiusbymember none Palermo 200 km storedist gd"},
        {"geosearch g fromlonlat 15 37 byradius 200 km"}, {"geopos g Palermo"}, {"geohash g Palermo"},
    };

    /** A clock that stands still. */
    private static final Clock CLOCK = new Clock() {
        @Override
        public long milliseconds() {
            return 1_000_000;
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    };

    @Test
    void effectsAreThoseOfRedis() throws IOException {
        try (TestEngine engine = new TestEngine(CLOCK, new SortedSetCommands())) {
            for (String[] line : EXPECTED) {
                engine.client.run(Comparison.words(line[0]));
                assertEquals(List.of(line).subList(1, line.length), engine.effects(), line[0]);
            }
        }
    }
}
