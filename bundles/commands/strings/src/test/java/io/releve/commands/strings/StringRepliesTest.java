package io.releve.commands.strings;

import io.releve.command.Command;
import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.contracts.SpecComparison;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same requests to these commands and to a real server. */
class StringRepliesTest {
    private Oracle oracle;
    private TestEngine engine;
    private Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new StringCommands());
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : new StringCommands().commands()) {
            facts.compare(command);
        }
    }

    @Test
    void optionsOfSet() {
        comparison.script("""
                set k v
                get k
                set k v ex 0
                set k v px -1
                set k v ex abc
                set k v ex 9223372036854775807
                set k v ex 9223372036854775
                set k v px 9223372036854775807
                set k v pxat 9223372036854775807
                set k v exat 9223372036854775
                set k v exat 9223372036854776
                set k v nx xx
                set k v xx nx
                set k v foo
                set k v ex
                set k v ex 1 px 1
                set k v ex 10 ex 20
                set k v keepttl ex 1
                set k v ex 1 keepttl
                set k v keepttl keepttl
                set k v nx nx
                set k w xx xx get
                set k v get nx
                set none v get xx
                set none v get
                set none w get keepttl
                set none x ex 100 get nx
                set other v ex 100 nx get
                set other v px 100000 xx
                set other v pxat 1
                get other
                set other v exat 1 nx
                get other
                set
                set k
                set "" ""
                get ""
                SET k V Ex 100 Get
                get k
                setnx k v
                setnx new v
                get new
                setex k 0 v
                setex k -5 v
                setex k abc v
                setex k 9223372036854775 v
                setex k 9223372036854774 v
                setex k 100 "a b"
                get k
                psetex k 0 v
                psetex k 9223372036854775807 v
                psetex k 100000 "\\0\\n\\xff"
                get k
                getset k x
                getset absent y
                get absent
                getset absent
                """);
    }

    @Test
    void readingAndDeleting() {
        comparison.script("""
                getex none
                getex none ex 0
                getex none foo
                set k v
                getex k
                getex k ex 0
                getex k ex abc
                getex k ex
                getex k ex 10 px 10
                getex k ex 10 ex 20
                getex k persist ex 10
                getex k ex 10 persist
                getex k persist persist
                getex k keepttl
                getex k get
                getex k nx
                getex k ex 9223372036854775807
                getex k pxat 9223372036854775807
                getex k exat 99999999999
                getex k pxat 1
                get k
                getdel k
                set k v
                getdel k
                getdel k
                getdel
                mset a 1 b
                mset a
                mset a 1 a 2 b ""
                mget a b c a
                mget
                msetnx a 1 c 1
                mget a c
                msetnx c
                msetnx c 1 d
                msetnx c 1 c 2
                get c
                strlen c
                strlen none
                strlen
                set n -12345
                strlen n
                get a b
                """);
    }

    @Test
    void countersAndParts() {
        comparison.script("""
                incr n
                incrby n 41
                decr n
                decrby n 40
                decrby n 9223372036854775807
                decrby n 9223372036854775807
                decrby n -9223372036854775808
                incrby n -9223372036854775808
                incrby n abc
                incrby n 1.5
                incrby n " 1"
                incrby n 01
                incrby n -0
                incrby n +1
                incrby n 9223372036854775808
                set n 9223372036854775807
                incr n
                decr n
                incrby fresh -9223372036854775808
                decr fresh
                set s abc
                incr s
                set s " 12"
                incr s
                set s 12
                append s 3
                incr s
                append s ""
                append fresh2 ""
                append fresh3 12
                incr fresh3
                get s
                setrange n -1 a
                setrange n abc a
                setrange absent 0 ""
                setrange absent 536870911 ""
                setrange absent 536870911 aa
                setrange absent 9223372036854775807 a
                setrange absent 9223372036854775807 ""
                mget absent
                setrange absent 3 abc
                get absent
                setrange absent 1 "\\xff\\0"
                get absent
                setrange n 2 xyz
                get n
                setrange n 30 !
                get n
                set g "Hello World"
                getrange g 0 -1
                getrange g -5 -1
                getrange g 5 2
                getrange g -100 3
                getrange g 9223372036854775807 9223372036854775807
                getrange g -9223372036854775808 -9223372036854775808
                getrange g 0 -9223372036854775808
                getrange g -1 -5
                getrange g -50 -40
                getrange g 3 100
                getrange g 11 11
                getrange g 10 10
                getrange none 0 -1
                getrange none a 1
                getrange g 0 1.5
                substr g 0 2
                set g 1234567
                getrange g 2 3
                getrange g -3 -2
                set g ""
                getrange g 0 0
                getrange g -1 0
                """);
    }

    @Test
    void commonSubsequences() {
        comparison.script("""
                lcs a b
                lcs a b idx
                lcs a b len
                mset a ohmytext b mynewtext
                lcs a b
                lcs a b len
                lcs a b idx
                lcs a b IDX WITHMATCHLEN
                lcs a b idx minmatchlen 4
                lcs a b idx minmatchlen 4 withmatchlen
                lcs a b idx minmatchlen 100
                lcs a b idx minmatchlen 0
                lcs a b idx minmatchlen -3
                lcs a b idx len
                lcs a b minmatchlen 3
                lcs a b minmatchlen
                lcs a b minmatchlen abc
                lcs a b len withmatchlen
                lcs a b foo
                lcs a
                lcs a a idx withmatchlen
                lcs a none
                """);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            comparison.run("set", "a", letters(random));
            comparison.run("set", "b", letters(random));
            comparison.run("lcs", "a", "b");
            comparison.run("lcs", "a", "b", "len");
            comparison.run("lcs", "a", "b", "idx", "withmatchlen");
        }
        engine.client.session().protocol(3);
        oracle.run("hello", "3");
        comparison.run("lcs", "a", "b", "idx", "withmatchlen");
        comparison.run("get", "none");
        comparison.run("mget", "a", "none");
    }

    private static String letters(Random random) {
        StringBuilder text = new StringBuilder();
        int letters = 2 + random.nextInt(4);
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(letters)));
        }
        return text.toString();
    }

    @Test
    void lcsOfTooMuch() {
        oracle.run("config", "set", "proto-max-bulk-len", "536870912");
        comparison.run("setrange", "a", "20000", "a");
        comparison.run("setrange", "b", "20000", "a");
        comparison.run("lcs", "a", "b", "len");
        comparison.run("strlen", "a");
    }

    @Test
    void floats() {
        String[] pairs = {"3.0 1.1", "10.50 0.1", "5.0e3 2.0e2", "1e308 1e308", "1e5000 0", "abc 1", "1 abc", "1 inf",
            "1 nan", "inf 1", "1 -infinity", "\" 1\" 1", "1 \"1 \"", "\"\" 1", "1 \"\"", "0x10 1", "1 0x1p3",
            "1 0X.8P-3", "1 0x", "1 0xg", "1 0x1.8", "1e4932 1e4932", "1.1897e4932 1.1897e4932", "0.1 0.2",
            "1 1e-17", "1 1e-18",
            "1 5e-18", "9223372036854775807 1", "18446744073709551615 1", "18446744073709551617 1",
            "123456789012345678901234567890 1", "1e30 1", "-0.0 0", "0 -0", "1 -1", ".5 .5", "5. 1", "+5 1", "1 +1",
            "1 1e", "1 .", "3 -0.000000000000000001", "1 1e-5000", "100000000000000000 0.1", "0.12345678901234567 0",
            "1.23456789012345678901 0", "3.14159265358979323846 1e10", "1234567890.123456789 0.1", "1e4000 -1e4000",
            "1 1e-4950", "1 1e-4951", "1 1e-4952", "0e9999 1", "1d 1", "1f 1", "1_0 1", "1 -1e-19", "-1 1e-19"};
        for (String pair : pairs) {
            String[] words = Comparison.words(pair);
            comparison.run("set", "f", words[0]);
            comparison.run("incrbyfloat", "f", words[1]);
            comparison.run("get", "f");
        }
        comparison.run("incrbyfloat", "new", "-1.50");
        comparison.run("incrbyfloat", "new", "1".repeat(6000));
        comparison.run("incrbyfloat", "new", "0." + "1".repeat(5000));
        Random random = new Random(8);
        for (int i = 0; i < 3000; i++) {
            if (i % 10 == 0) {
                comparison.run("set", "f", number(random));
            }
            comparison.run("incrbyfloat", "f", number(random));
        }
    }

    private static String number(Random random) {
        switch (random.nextInt(6)) {
            case 0:
                return Long.toString(random.nextLong() >> random.nextInt(64));
            case 1:
                return Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 2:
                return Double.toHexString(random.nextGaussian());
            case 3:
                return random.nextInt(1000) + "." + Math.abs(random.nextLong());
            case 4:
                return (random.nextInt(200) - 100) + "e" + (random.nextInt(60) - 30);
            default:
                return (random.nextInt(2000) - 1000) / 100.0 + "";
        }
    }

    @Test
    void randomRequests() {
        RequestGenerator generator = new RequestGenerator(9);
        for (int i = 0; i < 25_000; i++) {
            comparison.run(generator.next());
        }
    }
}
