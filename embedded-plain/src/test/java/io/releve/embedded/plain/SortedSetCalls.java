package io.releve.embedded.plain;

import static io.releve.embedded.SortedSetOption.MAX;
import static io.releve.embedded.SortedSetOption.MIN;
import static io.releve.embedded.plain.TypedCalls.words;

import io.releve.embedded.GeoAddParams;
import io.releve.embedded.GeoSearchParams;
import io.releve.embedded.GeoUnit;
import io.releve.embedded.ScanParams;
import io.releve.embedded.ZAddParams;
import io.releve.embedded.ZParams;
import io.releve.embedded.ZParams.Aggregate;
import io.releve.embedded.ZRangeParams;
import java.util.Map;

/** Calls on sorted sets, and on places in them. */
final class SortedSetCalls {
    private SortedSetCalls() {
    }

    static void members(TypedCalls calls) {
        calls.given("ZADD z 1 a 2 b 3 c", "ZADD x 0 a 0 b 0 c", "ZADD o 1 only");
        calls.expect("1", "zadd", "z", 4, "d");
        calls.expect("1", "zadd", "z", 9, "a", new ZAddParams().ch());
        calls.expect("1", "zadd", "z", Map.of("d", 1.5));
        calls.expect("1", "zadd", "z", Map.of("a", 5.0), new ZAddParams().gt().ch());
        calls.expect("3.0", "zaddIncr", "z", 2, "a", new ZAddParams().xx());
        calls.expect("3.0", "zincrby", "z", 2, "a");
        calls.expect("1", "zrem", "z", words("a", "none"));
        calls.expect("3", "zcard", "z");
        calls.expect("2.0", "zscore", "z", "b");
        calls.expect("[1.0, null]", "zmscore", "z", words("a", "none"));
        calls.expect("1", "zrank", "z", "b");
        calls.expect("2", "zrevrank", "z", "a");
        calls.expect("2", "zcount", "z", 1, 2);
        calls.expect("2", "zcount", "z", "(1", "+inf");
        calls.expect("2", "zlexcount", "x", "[a", "(c");
        calls.expect("a:1.0", "zpopmin", "z");
        calls.expect("[a:1.0, b:2.0]", "zpopmin", "z", 2);
        calls.expect("c:3.0", "zpopmax", "z");
        calls.expect("[c:3.0, b:2.0]", "zpopmax", "z", 2);
        calls.expect("z=[a:1.0]", "zmpop", MIN, words("none", "z"));
        calls.expect("z=[c:3.0, b:2.0]", "zmpop", MAX, 2, words("z"));
        calls.expect("z=a:1.0", "bzpopmin", 1, words("none", "z"));
        calls.expect("z=c:3.0", "bzpopmax", 1, words("none", "z"));
        calls.expect("z=[c:3.0]", "bzmpop", 1, MAX, words("none", "z"));
        calls.expect("only", "zrandmember", "o");
        calls.expect("[only]", "zrandmember", "o", 2);
        calls.expect("[only:1.0]", "zrandmemberWithScores", "o", 2);
        calls.expect("0 [a:1.0, b:2.0, c:3.0]", "zscan", "z", "0");
        calls.expect("0 [b:2.0]", "zscan", "z", "0", new ScanParams().match("b*").count(5));
    }

    static void ranges(TypedCalls calls) {
        calls.given("ZADD z 1 a 2 b 3 c", "ZADD y 10 b 20 d", "ZADD x 0 a 0 b 0 c");
        calls.expect("[a, b]", "zrange", "z", 0, 1);
        calls.expect("[a:1.0, b:2.0]", "zrangeWithScores", "z", 0, 1);
        calls.expect("[b]", "zrange", "z", ZRangeParams.byScore("(1", "3").limit(0, 1));
        calls.expect("[a, b]", "zrange", "x", ZRangeParams.byLex("[a", "(c"));
        calls.expect("[c:3.0, b:2.0]", "zrangeWithScores", "z", ZRangeParams.byScore(3, 2).rev());
        calls.expect("2", "zrangestore", "d", "z", ZRangeParams.byRank(0, 1));
        calls.expect("[c]", "zrevrange", "z", 0, 0);
        calls.expect("[c:3.0]", "zrevrangeWithScores", "z", 0, 0);
        calls.expect("[b, c]", "zrangeByScore", "z", 1.5, 3);
        calls.expect("[b, c]", "zrangeByScore", "z", "(1", "3");
        calls.expect("[b]", "zrangeByScore", "z", 1, 3, 1, 1);
        calls.expect("[a:1.0]", "zrangeByScoreWithScores", "z", 1, 1);
        calls.expect("[c, b]", "zrevrangeByScore", "z", 3, 2);
        calls.expect("[c:3.0, b:2.0]", "zrevrangeByScoreWithScores", "z", 3, 2);
        calls.expect("[b, c]", "zrangeByLex", "x", "[b", "+");
        calls.expect("[c]", "zrevrangeByLex", "x", "+", "(b");
        calls.expect("2", "zremrangeByRank", "z", 0, 1);
        calls.expect("1", "zremrangeByScore", "z", 1, 1);
        calls.expect("1", "zremrangeByLex", "x", "-", "(b");
        combinations(calls);
    }

    private static void combinations(TypedCalls calls) {
        String[] both = words("z", "y");
        calls.expect("[a, c, b, d]", "zunion", new ZParams(), both);
        calls.expect("[a:1.0, c:3.0, b:20.0, d:40.0]", "zunionWithScores",
                new ZParams().weights(1, 2).aggregate(Aggregate.MAX), both);
        calls.expect("4", "zunionstore", "d", both);
        calls.expect("4", "zunionstore", "d", new ZParams().aggregate(Aggregate.MIN), both);
        calls.expect("[b]", "zinter", new ZParams(), both);
        calls.expect("[b:12.0]", "zinterWithScores", new ZParams(), both);
        calls.expect("1", "zinterstore", "d", both);
        calls.expect("1", "zinterstore", "d", new ZParams().weights(2, 3), both);
        calls.expect("1", "zintercard", (Object) both);
        calls.expect("1", "zintercard", 1, both);
        calls.expect("[a, c]", "zdiff", (Object) both);
        calls.expect("[a:1.0, c:3.0]", "zdiffWithScores", (Object) both);
        calls.expect("2", "zdiffstore", "d", both);
    }

    static void places(TypedCalls calls) {
        calls.given("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania");
        GeoSearchParams near = new GeoSearchParams().fromLonLat(15, 37).byRadius(200, GeoUnit.KM).asc();
        calls.expect("1", "geoadd", "g", 1.0, 2.0, "x");
        calls.expect("1", "geoadd", "g", 1.0, 2.0, "Palermo", new GeoAddParams().ch());
        calls.expect("166274.1516", "geodist", "g", "Palermo", "Catania");
        calls.expect("166.2742", "geodist", "g", "Palermo", "Catania", GeoUnit.KM);
        calls.expect("[sqc8b49rny0, null]", "geohash", "g", words("Palermo", "none"));
        calls.expect("[13.3614/38.1156, null]", "geopos", "g", words("Palermo", "none"));
        calls.expect("[Catania, Palermo]", "geosearch", "g", near);
        calls.expect("[Catania 0.0 3479447370796909 15.0873/37.5027]", "geosearch", "g", new GeoSearchParams()
                .fromMember("Catania").byBox(10, 10, GeoUnit.KM).withCoord().withDist().withHash());
        calls.expect("2", "geosearchStore", "d", "g", near);
        calls.expect("2", "geosearchStoreStoreDist", "d", "g", near);
    }
}
