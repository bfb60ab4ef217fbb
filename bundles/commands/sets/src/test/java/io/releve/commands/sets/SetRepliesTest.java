package io.releve.commands.sets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.command.Command;
import io.releve.contracts.RawReply;
import io.releve.contracts.SpecComparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to these commands and to a real server. */
class SetRepliesTest extends SetComparison {
    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : new SetCommands().commands()) {
            facts.compare(command);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void membersOfOneSet(int version) {
        protocol(version);
        comparison.script("""
                sadd s 3 1 2 -5 1
                sadd s 1
                sadd s
                smembers s
                smembers none
                smembers
                scard s
                scard none
                sismember s 1
                sismember s 01
                sismember none 1
                smismember s 1 4 -5 "" 1
                smismember none 1 4
                smismember s
                srem s 1 7 1
                srem s 7
                srem none 7
                srem s
                smembers s
                spop s 0
                spop none 0
                spop none
                spop none 5
                spop s -1
                spop s abc
                spop s 1.5
                spop none -1
                spop s 9223372036854775808
                spop s 1 2
                spop
                spop s 9223372036854775807
                spop s
                sadd one ""
                smembers one
                spop one
                scard one
                sadd one "\\0\\n\\xff"
                srandmember one
                srandmember one 1
                srandmember one 0
                srandmember one -3
                srandmember one 5
                srandmember one abc
                srandmember one -9223372036854775808
                srandmember one 9223372036854775807
                srandmember one 1 2
                srandmember none
                srandmember none 2
                srandmember none -2
                srandmember none abc
                srandmember none -9223372036854775808
                srandmember none 1 2
                spop one 1
                sadd i 1 2 3
                srandmember i 3
                srandmember i 30
                smove i j 1
                smove i j 1
                smove i j 7
                smove i i 2
                smove i i 7
                smove none j 2
                smove i none 7
                smembers j
                smove i j 2
                smove i j 3
                scard i
                smembers j
                smove i j
                sscan j 0
                sscan j 0 match 2
                sscan j 0 count 1 match *
                sscan j abc
                sscan none abc
                sscan none 0 foo
                sscan j 0 foo
                sscan j 0 foo bar
                sscan j 0 count 0
                sscan j 0 count abc
                sscan j 0 match
                sscan j 0 type set
                sscan j
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void severalSets(int version) {
        protocol(version);
        comparison.script("""
                sadd a 9 8 7 1 2 3
                sadd b 3 1 4 5
                sadd c 1
                sinter a b
                sinter a
                sinter a a
                sinter a b c
                sinter a b none
                sinter none
                sinter
                sunion a b
                sunion b a c none
                sunion a a
                sunion none
                sunion none none2
                sunion
                sdiff a b
                sdiff b a
                sdiff a a
                sdiff a
                sdiff a none
                sdiff none a
                sdiff a b c
                sdiff
                sintercard 2 a b
                sintercard 2 a b limit 1
                sintercard 2 a b limit 0
                sintercard 2 a b limit 5
                sintercard 1 a LIMIT 2 limit 3
                sintercard 2 a none
                sintercard 1 none
                sintercard 0 a
                sintercard -1 a
                sintercard abc a
                sintercard 3 a b
                sintercard 9223372036854775807 a b
                sintercard 2 a b limit
                sintercard 2 a b limit -1
                sintercard 2 a b limit abc
                sintercard 2 a b foo 1
                sintercard 1 a b
                sintercard 2 a
                sintercard 1
                sinterstore d a b
                smembers d
                sinterstore d a none
                sinterstore d a none
                scard d
                sunionstore d a b c none
                smembers d
                sunionstore d none
                sdiffstore d a b
                smembers d
                sdiffstore d none a
                scard d
                sunionstore a a b
                smembers a
                sdiffstore a a a
                scard a
                sinterstore b b b
                smembers b
                sinterstore d
                sunionstore d
                sdiffstore d
                """);
        members("sunion", "b", "c", "none");
        comparison.script("sadd t x y z 1 2");
        comparison.script("sadd u z 2 w");
        for (String operation : OPERATIONS) {
            members(operation, "t", "u");
            members(operation, "t", "b");
            members(operation, "b", "t");
            members(operation, "t");
            members(operation, "t", "t");
            comparison.run(operation + "store", "d", "t", "u");
            members("smembers", "d");
        }
        members("smembers", "t");
        members("spop", "u", "3");
        members("srandmember", "t", "7");
    }

    @Test
    void manySetsAndLargeOnes() {
        Random random = new Random(31);
        List<String> keys = new ArrayList<>();
        for (int k = 0; k < 12; k++) {
            String key = "k" + k;
            for (int i = 0; i < 700; i++) {
                comparison.run("sadd", key, (k % 3 == 0 ? "" : "m") + random.nextInt(1000));
            }
            keys.add(key);
        }
        for (int i = 0; i < 60; i++) {
            List<String> words = new ArrayList<>();
            for (int n = 1 + random.nextInt(12); n > 0; n--) {
                words.add(keys.get(random.nextInt(keys.size())));
            }
            for (String operation : OPERATIONS) {
                members(with(words, operation));
                comparison.run(with(words, operation + "store", "d"));
                members("smembers", "d");
            }
            comparison.run(with(words, "sintercard", "" + words.size()));
        }
    }

    private static String[] with(List<String> words, String... before) {
        List<String> all = new ArrayList<>(List.of(before));
        all.addAll(words);
        return all.toArray(String[]::new);
    }

    @Test
    void chosenMembersAreThereAndDifferent() {
        for (int size : new int[] {5, 100, 700}) {
            String key = "s" + size;
            Set<String> members = new HashSet<>();
            for (int i = 0; i < size; i++) {
                engine.client.run("sadd", key, "m" + i);
                members.add("m" + i);
            }
            for (int count : new int[] {1, 2, size / 10, size / 4, size / 2, size - 1}) {
                List<?> chosen = list("srandmember", key, "" + count);
                assertEquals(count, chosen.size());
                assertEquals(count, new HashSet<>(chosen).size(), () -> chosen + " of " + size);
                assertTrue(members.containsAll(chosen));
            }
            assertEquals(2 * size, list("srandmember", key, "-" + 2 * size).size());
            while (!members.isEmpty()) {
                int count = Math.max(1, members.size() / 3);
                List<?> popped = list("spop", key, "" + count);
                assertEquals(count, popped.size());
                assertTrue(members.containsAll(popped));
                members.removeAll(Set.copyOf(popped));
                assertEquals((long) members.size(), RawReply.parse(engine.client.run("scard", key)));
            }
        }
    }

    @Test
    void everyMemberIsScanned() {
        Set<String> members = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            engine.client.run("sadd", "s", "m" + i);
            if (i % 10 == 7) {
                members.add("m" + i);
            }
        }
        Set<Object> seen = new HashSet<>();
        String cursor = "0";
        do {
            List<?> reply = list("sscan", "s", cursor, "match", "*7", "count", "50");
            cursor = (String) reply.get(0);
            seen.addAll((List<?>) reply.get(1));
        } while (!cursor.equals("0"));
        assertEquals(members, seen);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void wrongTypes(int version) {
        protocol(version);
        comparison.script("""
                set s x
                sadd s a
                srem s a
                scard s
                smembers s
                sismember s a
                smismember s a
                spop s
                spop s 0
                spop s -1
                srandmember s
                srandmember s 1
                srandmember s abc
                sscan s 0
                sscan s abc
                sscan s 0 foo
                sadd t 1 2
                smove s t 1
                smove t s 1
                smove t s 7
                smove none s 1
                smove s s 1
                sinter s t
                sinter t s
                sinter none s
                sunion none s
                sdiff none s
                sdiff t s
                sintercard 2 none s
                sinterstore d none s
                sunionstore d t s
                sdiffstore d t s
                scard d
                sinterstore s t t
                smembers s
                set s x
                sunionstore s none
                get s
                get t
                """);
    }
}
