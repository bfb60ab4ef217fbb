package io.releve.commands.sortedsets;

import io.releve.contracts.ChangeComparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Keyspace events and the number of changes, compared with a real server. */
class SortedSetEventsTest {
    @Test
    void eventsAndChanges() throws IOException {
        try (Oracle oracle = Oracle.start();
                TestEngine engine = new TestEngine(OpenEngine.systemClock(), new SortedSetCommands(),
                        ChangeComparison.PROBE);
                ChangeComparison comparison = new ChangeComparison(engine.dispatcher, engine.client, oracle)) {
            comparison.script("""
                    zadd z 1 a 2 b 3 c 4 d 5 e 6 f
                    zadd z 1 a 7 b 9 g
                    zadd z ch 1 a 8 b 8 c 9 g
                    zadd z xx 3 none
                    zadd none xx 3 none
                    zadd z incr 1 a
                    zadd z incr 0 a
                    zadd z nx incr 1 a
                    zincrby z 1 a
                    zincrby new 1 a
                    zincrby z 0 a
                    zincrby z abc a
                    zrem z a none b
                    zrem z none
                    zrem new a
                    zpopmin z
                    zpopmax z 2
                    zpopmin z 0
                    zpopmin z 10
                    zpopmin z
                    zadd z 1 a 2 b 3 c 4 d 5 e 6 f 7 g 8 h 9 i
                    zmpop 2 none z min
                    zmpop 1 z max count 3
                    bzpopmin none z 0
                    bzpopmax z 0
                    bzmpop 0 1 z min count 2
                    bzpopmin z 0
                    zadd z 1 a 2 b 3 c 4 d 5 e 6 f
                    zremrangebyrank z 0 1
                    zremrangebyrank z 10 11
                    zremrangebyscore z 3 3
                    zremrangebylex z [d [d
                    zrangestore d z 0 -1
                    zrangestore d z 0 0
                    zrangestore d none 0 -1
                    zrangestore d none 0 -1
                    zunionstore d 2 z none
                    zunionstore d 2 z none
                    zinterstore d 2 z none
                    zinterstore d 2 z none
                    zinterstore d 2 z z
                    zdiffstore d 2 z z
                    zdiffstore d 1 z
                    zremrangebyrank z 0 -1
                    zremrangebyscore d -inf inf
                    zadd d 0 a 0 b
                    zremrangebylex d - +
                    geoadd g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania
                    geoadd g nx ch 13.361389 38.115556 Palermo
                    geoadd g xx ch 13.5 38.115556 Palermo
                    geosearchstore gd g fromlonlat 15 37 byradius 200 km asc
                    geosearchstore gd g fromlonlat 15 37 byradius 200 km storedist
                    geosearchstore gd g fromlonlat 15 37 byradius 1 m
                    geosearchstore gd g fromlonlat 15 37 byradius 1 m
                    georadius g 15 37 200 km store gd
                    georadius g 15 37 200 km store g2
                    georadius g 15 37 200 km
                    georadius g 15 37 1 m store gd
                    georadiusbymember g Palermo 200 km storedist gd
                    georadiusbymember none Palermo 200 km storedist gd
                    georadiusbymember none Palermo 200 km storedist gd
                    """);
        }
    }
}
