package io.releve.commands.sortedsets.geo;

import io.releve.commands.sortedsets.SortedSetComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests about places to these commands and to a real server. */
class GeoRepliesTest extends SortedSetComparison {
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void places(int version) {
        protocol(version);
        comparison.script("""
                geoadd g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania
                geoadd g 13.361389 38.115556 Palermo
                geoadd g ch 13.4 38.1 Palermo 2.3522 48.8566 Paris
                geoadd g nx 1 1 Palermo 1 1 new
                geoadd g xx 2 2 none
                geoadd g xx ch 13.361389 38.115556 Palermo
                geoadd g 180 85.05112878 ne -180 -85.05112878 sw 180 -85.05112878 se -180 85.05112878 nw 0 0 zero
                geoadd g -0 -0 minus
                geoadd g 181 0 a
                geoadd g 180.0000001 0 a
                geoadd g -180.5 0 a
                geoadd g 0 85.06 a
                geoadd g 0 -85.06 a
                geoadd g inf 0 a
                geoadd g -0 -inf a
                geoadd g 1e308 0 a
                geoadd g nan 0 a
                geoadd g x 0 a
                geoadd g 0 "" a
                geoadd g 0 0 a 1
                geoadd g 0 0 a 1 x b
                geoadd g nx xx 0 0 a
                geoadd g nx ch nx
                geoadd g incr 0 0 a
                geoadd g gt 0 0 a
                geoadd g 0 0
                geoadd g
                zrange g 0 -1 withscores
                geopos g Palermo Catania none ne sw se nw zero minus Paris
                geopos g
                geopos none a b
                geopos none
                geohash g Palermo Catania none ne sw se nw zero minus Paris
                geohash g
                geohash none a
                geodist g Palermo Catania
                geodist g Palermo Catania km
                geodist g Palermo Catania MI
                geodist g Palermo Catania Ft
                geodist g Palermo Catania m
                geodist g Palermo Catania x
                geodist g Palermo Catania m x
                geodist g Palermo Palermo
                geodist g Palermo none
                geodist g none Palermo
                geodist none a b
                geodist none a b x
                geodist g ne sw
                geodist g zero minus
                georadius g 180 85.05112878 20000 mi asc
                georadius g 180 0 20000 mi asc
                georadius g 0 85.05112878 20000 mi asc
                georadius g 180 85.05112878 20000 km asc
                georadius g 180 85.05112878 9000 km asc
                zadd odd -5 a 1e300 b -1e300 c inf d -inf e 9.3e18 f 1.8e19 g 1.9e19 h 0.5 i 4503599627370495 j
                geopos odd a b c d e f g h i j
                geohash odd a b c d e f g h i j
                set s x
                geoadd s 0 0 a
                geoadd s x 0 a
                geopos s a
                geohash s a
                geodist s a b
                geodist s a b x
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void areas(int version) {
        protocol(version);
        comparison.script("""
                geoadd g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania
                geoadd g 12.758489 38.788135 edge1 17.24151 38.788135 edge2
                geosearch g fromlonlat 15 37 byradius 200 km asc
                geosearch g fromlonlat 15 37 byradius 200 km desc withdist withhash withcoord
                geosearch g withcoord fromlonlat 15 37 withdist byradius 200 km
                geosearch g frommember Palermo byradius 200 km asc count 1
                geosearch g frommember Palermo bybox 400 400 km desc withdist
                geosearch g fromlonlat 15 37 bybox 400 400 km asc withcoord withdist
                geosearch g fromlonlat 15 37 bybox 400 100 km asc
                geosearch g fromlonlat 15 37 bybox 0 0 km
                geosearch g fromlonlat 15 37 byradius 0 m
                geosearch g frommember Palermo byradius 0 m withdist
                geosearch g fromlonlat 15 37 byradius 200 km count 2 any
                geosearch g fromlonlat 15 37 byradius 200 km count 1 any desc
                geosearch g fromlonlat 15 37 byradius 200 km any count 1 asc
                geosearch g fromlonlat 15 37 byradius 200 km any
                geosearch g fromlonlat 15 37 byradius 200 km count 0
                geosearch g fromlonlat 15 37 byradius 200 km count -1
                geosearch g fromlonlat 15 37 byradius 200 km count a
                geosearch g fromlonlat 15 37 byradius 200 km count
                geosearch g fromlonlat 15 37 byradius -1 km
                geosearch g fromlonlat 15 37 byradius x km
                geosearch g fromlonlat 15 37 byradius nan km
                geosearch g fromlonlat 15 37 byradius 1 x
                geosearch g fromlonlat 15 37 byradius 1
                geosearch g fromlonlat 15 37 bybox 1 km asc
                geosearch g fromlonlat 15 37 bybox -1 1 km
                geosearch g fromlonlat 15 37 bybox 1 -1 km
                geosearch g fromlonlat 15 37 bybox x 1 km
                geosearch g fromlonlat 15 37 bybox 1 x km
                geosearch g fromlonlat 15 37 bybox 1 1 x
                geosearch g fromlonlat 15 370 byradius 1 km
                geosearch g fromlonlat x 37 byradius 1 km
                geosearch g fromlonlat 15 37 frommember Palermo byradius 1 km
                geosearch g frommember Palermo fromlonlat 15 37 byradius 1 km
                geosearch g frommember Palermo frommember Palermo byradius 1 km
                geosearch g frommember none byradius 1 km
                geosearch g frommember Palermo byradius 1 km bybox 1 1 km
                geosearch g bybox 1 1 km byradius 1 km frommember Palermo
                geosearch g byradius 1 km asc desc
                GeoSearch g frommember Palermo asc desc asc
                geosearch g frommember Palermo asc desc asc
                geosearch g asc desc asc desc asc
                geosearch g frommember Palermo byradius 200 km storedist
                geosearch g frommember Palermo byradius 200 km store d
                geosearch g frommember Palermo byradius 200 km foo
                geosearch none fromlonlat 15 37 byradius 200 km
                geosearch none frommember Palermo byradius 200 km withdist
                geosearch none frommember Palermo byradius 200 km foo
                geosearch none asc desc asc desc asc
                geosearch none frommember Palermo byradius 200 km any
                geosearchstore d g fromlonlat 15 37 byradius 200 km
                zrange d 0 -1 withscores
                geosearchstore d g fromlonlat 15 37 bybox 400 400 km count 2 asc
                zrange d 0 -1 withscores
                geosearchstore d g fromlonlat 15 37 byradius 200 km withdist
                geosearchstore d g fromlonlat 15 37 byradius 200 km withcoord foo
                geosearchstore d g fromlonlat 15 37 byradius 200 km any
                geosearchstore d g fromlonlat 15 37 byradius 200 km store e
                geosearchstore d g frommember Palermo byradius 0 km storedist storedist
                zrange d 0 -1 withscores
                geosearchstore d none frommember a byradius 0 km storedist
                zcard d
                geosearchstore g g frommember Palermo byradius 200 km
                zrange g 0 -1
                georadius g 15 37 200 km
                georadius g 15 37 200 km withdist withcoord withhash asc
                georadius g 15 37 200 km count 1 desc
                georadius g 15 37 200 km count 1 any
                georadius g 15 37 200 km store d
                georadius g 15 37 200 km store d storedist e
                georadius g 15 37 200 km storedist e store d
                georadius g 15 37 200 km store
                georadius g 15 37 200 km withdist store d
                georadius g 15 37 200 km any store d
                georadius g 15 37 x km
                georadius g 15 37 -5 km
                georadius g 15 37 5 x
                georadius g 15 370 5 km
                georadius g a 37 5 km
                georadius g 15 37 200 km foo
                georadius none 15 37 200 km
                georadius none 15 37 200 x
                georadius none 15 37 200 km foo
                georadius none 15 37 200 km store d
                zcard d
                georadius_ro g 15 37 200 km asc
                georadius_ro g 15 37 200 km store d
                georadius_ro g 15 37 200 km storedist d
                georadiusbymember g Palermo 200 km
                georadiusbymember g Palermo 200 km withdist desc
                georadiusbymember g none 200 km
                georadiusbymember g Palermo x km
                georadiusbymember g Palermo 200 km store d
                georadiusbymember g Palermo 200 km store d withhash
                georadiusbymember none Palermo x y
                georadiusbymember none Palermo x y foo
                georadiusbymember none Palermo 200 km store d
                georadiusbymember_ro g Palermo 200 km count 1
                georadiusbymember_ro g Palermo 200 km store d
                georadiusbymember g Palermo
                zadd odd -5 a 1e300 b -1e300 c inf d 0 z
                geosearch odd fromlonlat 0 0 byradius 30000 km asc withhash
                set s x
                geosearch s fromlonlat 15 37 byradius 200 km
                geosearch s foo bar 15 37 byradius 200
                geosearchstore d s foo bar 15 37 byradius 200
                georadius s x y z km
                georadiusbymember s x y z
                georadius_ro s x y z km
                geosearchstore s g fromlonlat 15 37 byradius 200 km
                zrange s 0 -1
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18})
    void randomAreas(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1500; i++) {
            double spread = random.nextInt(3) == 0 ? 180 : 2;
            comparison.run("geoadd", "g", degrees(random, spread, 180), degrees(random, spread / 2, 85), "m" + i);
        }
        for (int i = 0; i < 3000; i++) {
            List<String> words = new ArrayList<>(List.of("geosearch", "g"));
            if (random.nextBoolean()) {
                words.addAll(List.of("frommember", "m" + random.nextInt(1500)));
            } else {
                double spread = random.nextBoolean() ? 180 : 2;
                words.addAll(List.of("fromlonlat", degrees(random, spread, 180), degrees(random, spread / 2, 85)));
            }
            int option = random.nextInt(4);
            // Near the antipodes the last decimals show how sine and cosine were rounded.
            double largest = option == 2 ? 6.8 : 7.5;
            if (random.nextBoolean()) {
                words.addAll(List.of("byradius", length(random, largest), "m"));
            } else {
                words.addAll(List.of("bybox", length(random, largest), length(random, largest), "m"));
            }
            switch (option) {
                case 0 -> words.add("asc");
                case 1 -> words.addAll(List.of("count", "" + (1 + random.nextInt(20)), "any"));
                case 2 -> words.add("withdist");
                default -> words.addAll(List.of("count", "" + (1 + random.nextInt(20)), "withcoord", "withhash"));
            }
            comparison.run(words.toArray(String[]::new));
        }
    }

    private static String degrees(Random random, double spread, double limit) {
        double value = Math.max(-limit, Math.min(limit, (random.nextDouble() * 2 - 1) * spread));
        return String.format(Locale.ROOT, "%.7f", value);
    }

    private static String length(Random random, double largest) {
        return String.format(Locale.ROOT, "%.1f", Math.pow(10, random.nextDouble() * largest));
    }

    @Test
    void distancesOfRandomPlaces() {
        Random random = new Random(19);
        for (int i = 0; i < 300; i++) {
            comparison.run("geoadd", "g", degrees(random, 180, 180), degrees(random, 85, 85), "m" + i);
        }
        for (int i = 0; i < 3000; i++) {
            comparison.run("geodist", "g", "m" + random.nextInt(300), "m" + random.nextInt(300),
                    pick(random, "m", "km", "ft", "mi"));
        }
    }
}
