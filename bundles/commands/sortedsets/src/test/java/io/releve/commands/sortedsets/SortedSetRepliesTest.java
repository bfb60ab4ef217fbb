package io.releve.commands.sortedsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.command.Command;
import io.releve.contracts.Comparison;
import io.releve.contracts.SpecComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to these commands and to a real server. */
class SortedSetRepliesTest extends SortedSetComparison {
    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : new SortedSetCommands().commands()) {
            // Since 7.2 they have an option.
            if (!command.spec().name().matches("ZRANK|ZREVRANK")) {
                facts.compare(command);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void addingAndAsking(int version) {
        protocol(version);
        comparison.script("""
                zadd z 1 a 2 b 2 c -1.5 d
                zadd z 1 a 3 e 1 a 7 a
                zadd z ch 1 a 3 e 9 f
                zadd z nx 5 a 5 g
                zadd z xx 5 a 5 h
                zadd z xx ch 6 a 5 h
                zadd z gt 7 a 1 b 3 i
                zadd z lt ch 7 a 1 b 3 j
                zadd z GT CH 7 a 100 b
                zadd z incr 5 a
                zadd z incr nx 5 a
                zadd z incr nx 5 k
                zadd z incr xx 5 none
                zadd z incr gt -5 a
                zadd z incr lt -5 a
                zadd z incr gt 5 new
                zadd none xx 1 a
                zadd none xx incr 1 a
                zadd none xx ch 1 a
                zadd z nx xx 1 a
                zadd z nx gt 1 a
                zadd z nx lt 1 a
                zadd z gt lt 1 a
                zadd z nx xx gt lt incr 1 a 1 b
                zadd z incr 1 a 2 b
                zadd z incr
                zadd z incr ch
                zadd z incr nx xx
                zadd z 1
                zadd z 1 a 2
                zadd z a 1
                zadd z 1 a b c
                zadd z nan a
                zadd z "" a
                zadd z " 1" a
                zadd z 1e400 a
                zadd z -1e400 a
                zadd z 1e-400 a
                zadd z 0e-400 zero
                zadd z 0x0p-9999 zero
                zadd z 0x1p-9999 zero
                zadd z 1d a
                zadd z 0x10 hex
                zadd z inf top -inf bottom +infinity top2
                zadd z 1 ""
                zadd z 4.5 "\\0\\n\\xff"
                zrange z 0 -1 withscores
                zincrby z 1.5 a
                zincrby z -inf top
                zincrby z inf top
                zincrby z -inf bottom
                zadd z incr -inf top
                zincrby z abc a
                zincrby z 1 new2
                zincrby new 1e3 x
                zincrby z 1
                zscore z a
                zscore z none
                zscore none a
                zscore z top
                zscore z
                zmscore z a none bottom "" a
                zmscore none a b
                zmscore z
                zcard z
                zcard none
                zrank z a
                zrank z bottom
                zrank z none
                zrank none a
                zrevrank z a
                zrevrank z top
                zrevrank z none
                zrevrank none a
                zrem z a none b a
                zrem z none
                zrem none a
                zrem z
                zrem new x x
                zcard new
                zadd eq 0 c 0 a 0 b 0 B 0 aa 0 ""
                zrange eq 0 -1
                zrank eq a
                zadd eq -0 d
                zscore eq d
                zadd eq -0 %1$s
                zscore eq %1$s
                zadd eq -0 e 0 f
                zrange eq 0 -1 withscores
                zincrby eq 0 e
                zincrby eq -0 e
                zrangebyscore eq 0 0 withscores
                zadd long -0 %1$s
                zscore long %1$s
                zpopmin long
                """.formatted("long".repeat(20)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void ranges(int version) {
        protocol(version);
        comparison.script("""
                zadd z 1 a 2 b 3 c 4 d 5 e 5 f -inf g inf h
                zadd eq 0 a 0 b 0 c 0 d 0 e 0 f
                zadd mixed 1 x 2 c 3 a 4 m 5 b 6 z
                """);
        String[] indexes = {"0", "1", "-1", "-3", "7", "8", "-8", "-9", "100", "-100", "abc", "1.5",
            "9223372036854775807", "-9223372036854775808", "(1"};
        String[] scores = {"1", "(1", "5", "(5", "-inf", "+inf", "inf", "(-inf", "(inf", "2.5", "abc", "nan", "", "(",
            " 2", "( 2", "1e400", "((1", "0x3", "+3", "-1e400"};
        String[] members = {"-", "+", "[a", "(a", "[c", "(c", "[", "(", "[z", "(z", "a", "", "--", "+a", "[cc"};
        for (String from : indexes) {
            for (String to : indexes) {
                each("zrange KEY A B|zrange KEY A B rev withscores|zrevrange KEY A B|zrevrange KEY A B withscores", "z",
                        from, to);
            }
        }
        for (String from : scores) {
            for (String to : scores) {
                each("zrange KEY A B byscore|zrange KEY A B rev byscore withscores|zrangebyscore KEY A B withscores|"
                        + "zrevrangebyscore KEY A B|zcount KEY A B|zrangebyscore KEY A B limit 1 2|"
                        + "zrevrangebyscore KEY A B limit 1 2|zrangebyscore KEY A B limit -1 5|"
                        + "zrangebyscore KEY A B limit 2 -1|zrange KEY A B rev byscore limit 0 0", "z", from, to);
            }
        }
        for (String from : members) {
            for (String to : members) {
                for (String key : new String[] {"eq", "mixed"}) {
                    each("zrange KEY A B bylex|zrange KEY A B bylex rev|zrangebylex KEY A B|zrevrangebylex KEY A B|"
                            + "zlexcount KEY A B|zrangebylex KEY A B limit 1 2|zrevrangebylex KEY A B limit 1 -3|"
                            + "zrangebylex KEY A B limit -1 2", key, from, to);
                }
            }
        }
    }

    private void each(String requests, String key, String from, String to) {
        for (String request : requests.split("\\|")) {
            String[] words = Comparison.words(request);
            words[1] = key;
            words[2] = from;
            words[3] = to;
            comparison.run(words);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void optionsOfRanges(int version) {
        protocol(version);
        comparison.script("""
                zadd z 1 a 2 b 3 c 4 d
                zrange z 0 -1 limit 0 1
                zrange z 0 -1 limit 0 -1
                zrange z 0 -1 limit 3 -1
                zrange z 0 -1 limit a 1
                zrange z 0 -1 limit 1
                zrange z 0 -1 limit
                zrange z - + bylex withscores
                zrange z - + bylex byscore
                zrange z - + bylex bylex
                zrange z 0 -1 rev rev
                zrange z 0 -1 foo
                zrange z 0 -1 withscores withscores
                zrange z a b foo
                zrange z a b
                zrange z a b byscore
                zrange z a b bylex
                zrange z (1 +inf byscore limit 0 1 withscores limit 1 2
                zrange z +inf (1 byscore rev
                zrange z (1 +inf byscore rev
                zrange none 0 -1
                zrange none 0 -1 withscores
                zrange none a -1
                zrange z 0
                zrevrange z 0 -1 limit 0 -1
                zrevrange z 0 -1 rev
                zrevrange z 0 -1 byscore
                zrevrange z 0
                zrangebyscore z 1 2 byscore
                zrangebyscore z 1 2 rev
                zrangebyscore z 1 2 limit 0
                zrangebyscore z 1 2 limit 0 x
                zrangebyscore z 1 2 limit 0 9223372036854775807
                zrangebyscore z 1 2 limit 9223372036854775807 1
                zrangebyscore z 1 2 limit 0 9223372036854775808
                zrangebyscore none 1 2 withscores
                zrangebylex z - + withscores
                zrangebylex none - +
                zrevrangebylex none + -
                zcount none 1 2
                zlexcount none - +
                zcount z a b
                zlexcount z a b
                zremrangebyrank z a b
                zremrangebyscore z a b
                zremrangebylex z a b
                zremrangebyrank none 0 -1
                zremrangebyscore none 0 1
                zremrangebylex none - +
                zremrangebyrank z 0 0
                zremrangebyrank z 5 9
                zremrangebyscore z (2 (3
                zremrangebyscore z 2 2
                zremrangebylex z [d [d
                zrange z 0 -1
                zremrangebyrank z -100 100
                zcard z
                zadd z 1 a 2 b 3 c 4 d
                zrangestore d z 1 2
                zrange d 0 -1 withscores
                zrangestore d z 0 0 rev
                zrange d 0 -1 withscores
                zrangestore d z 4 2 byscore rev limit 1 1
                zrange d 0 -1 withscores
                zrangestore d z - + bylex limit 1 2
                zrange d 0 -1 withscores
                zrangestore d z 0 -1 withscores
                zrangestore d z 0 -1 limit 1 1
                zrangestore d z a b
                zrangestore d z 5 9
                zcard d
                zrangestore z z 0 1
                zrange z 0 -1
                zrangestore d none 0 -1
                zrangestore d z 0
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void popping(int version) {
        protocol(version);
        comparison.script("""
                zadd z 1 a 2 b 3 c 4 d 5 e 6 f 7 g 8 h 9 i 10 j 11 k 12 l
                zpopmin z
                zpopmax z
                zpopmin z 1
                zpopmax z 2
                zpopmin z 0
                zpopmin z -1
                zpopmin z abc
                zpopmin z 1 2
                zpopmin z 9223372036854775808
                zpopmin none
                zpopmin none 5
                zpopmax none 0
                zpopmax none -1
                zmpop 1 z min
                zmpop 2 none z max count 2
                zmpop 1 none max
                zmpop 0 z min
                zmpop -1 z min
                zmpop a z min
                zmpop 2 z min
                zmpop 1 z
                zmpop 1 z foo
                zmpop 1 z min count
                zmpop 1 z min count 0
                zmpop 1 z min count -1
                zmpop 1 z min count a
                zmpop 1 z min count 1 count 1
                zmpop 1 z min foo 1
                zmpop 1 z min 1
                zmpop 9223372036854775807 z min
                bzpopmin z 0
                bzpopmax none z 1.5
                bzpopmin z a
                bzpopmin z -1
                bzpopmin z inf
                bzpopmin z
                bzmpop 0 2 none z MAX
                bzmpop 0 1 z min count 1
                bzmpop a 1 z min
                bzmpop a 0 z min
                bzmpop 0 0 z min
                bzmpop -1 0 z foo
                bzmpop 0 1 z foo
                bzmpop 0 1 z min count 0
                bzmpop a 1 z foo
                zrange z 0 -1
                zpopmin z 9223372036854775807
                zcard z
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void choosingAndScanning(int version) {
        protocol(version);
        comparison.script("""
                zadd one 1.5 m
                zrandmember one
                zrandmember one 1
                zrandmember one 0
                zrandmember one 5 withscores
                zrandmember one -3
                zrandmember one -2 WITHSCORES
                zrandmember one abc
                zrandmember one 1 foo
                zrandmember one a foo
                zrandmember one 1 withscores foo
                zrandmember one -9223372036854775808
                zrandmember one 9223372036854775807
                zrandmember one 9223372036854775807 withscores
                zrandmember one -4611686018427387904 withscores
                zrandmember none
                zrandmember none 2
                zrandmember none -2 withscores
                zrandmember none 9223372036854775807 withscores
                zadd some 1 a 2 b 3 c
                zrandmember some 0 withscores
                zscan some 0
                zscan some 0 match b
                zscan some 0 match b count 1
                zscan some abc
                zscan none 0
                zscan none 0 foo
                zscan some 0 foo
                zscan some 0 count 0
                zscan some 0 count a
                zscan some 0 match
                zscan some
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void severalSets(int version) {
        protocol(version);
        comparison.script("""
                zadd a 1 x 2 y 3 z inf top
                zadd b 10 x 20 y 40 w -inf top
                sadd s x w v
                zunion 2 a b
                zunion 2 a b withscores
                zunion 3 a b s withscores
                zunion 2 a b weights 2 3 withscores
                zunion 2 a b weights 2 3 aggregate min withscores
                zunion 2 a b withscores aggregate MAX weights -1 0.5
                zunion 2 a b weights 0 inf withscores
                zunion 2 a b weights inf -inf aggregate min withscores
                zunion 1 s withscores
                zunion 2 a a withscores
                zunion 2 none a
                zunion 1 none
                zinter 2 a b
                zinter 2 a b withscores
                zinter 3 a b s withscores weights 1 2 3
                zinter 2 a b aggregate max withscores
                zinter 2 a b aggregate min withscores
                zinter 2 a b weights 0 inf withscores
                zinter 2 a b weights inf 0 aggregate min withscores
                zinter 2 a a withscores
                zinter 2 s s withscores
                zinter 2 a none
                zdiff 2 a b
                zdiff 2 a b withscores
                zdiff 2 a s withscores
                zdiff 2 s a withscores
                zdiff 2 a a
                zdiff 3 a b s
                zdiff 1 a
                zdiff 2 none a
                zdiff 2 a none withscores
                zintercard 2 a b
                zintercard 2 a b limit 1
                zintercard 2 a b limit 0
                zintercard 2 a b limit -1
                zintercard 2 a b limit a
                zintercard 2 a b limit
                zintercard 2 a b foo 1
                zintercard 2 a b limit 1 limit 3
                zintercard 2 a none
                zintercard 2 a a
                zintercard 2 a b withscores
                zintercard 2 a b weights 1 2
                zintercard 0 a
                zintercard 3 a b
                zintercard a b
                zunion 0 a
                ZUNION -1 a
                zinter 0 a
                zdiff 0 a
                zunion a a
                zunion 3 a b
                zunion 9223372036854775807 a b
                zunion 2 a b weights 1
                zunion 2 a b weights 1 a
                zunion 2 a b weights 1 nan
                zunion 2 a b weights 1 2 3
                zunion 2 a b aggregate
                zunion 2 a b aggregate foo
                zunion 2 a b foo
                zdiff 2 a b weights 1 2
                zdiff 2 a b aggregate sum
                zdiffstore d 2 a b withscores
                zunionstore d 2 a b withscores
                zunionstore d 2 a b weights 1 2 aggregate max
                zrange d 0 -1 withscores
                zunionstore d 0 a
                zinterstore d 0 a
                zdiffstore d 0 a
                zinterstore d 3 a b s
                zrange d 0 -1 withscores
                zdiffstore d 2 a b
                zrange d 0 -1 withscores
                zinterstore d 2 a none
                zcard d
                zunionstore a 2 a a
                zrange a 0 -1 withscores
                zdiffstore a 2 a a
                zcard a
                zunionstore d 1 s
                zrange d 0 -1 withscores
                zadd zero 0 a 1 b
                zunion 1 zero weights -1 withscores
                zunionstore d 1 zero weights -1
                zrange d 0 -1 withscores
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void wrongTypes(int version) {
        protocol(version);
        comparison.script("""
                set s x
                zadd z 1 a
                """);
        for (String request : new String[] {"zadd s 1 a", "zadd s a 1", "zadd s xx 1 a", "zincrby s 1 a",
            "zincrby s a a", "zrem s a", "zscore s a", "zmscore s a", "zcard s", "zrank s a", "zrevrank s a",
            "zcount s 1 2",
            "zcount s a 2", "zlexcount s - +", "zrange s 0 -1", "zrange s a -1", "zrange s 0 1 limit 1 1",
            "zrangebyscore s 1 2", "zrangebylex s - +", "zrevrange s 0 1", "zrevrangebyscore s 2 1",
            "zrevrangebylex s + -", "zremrangebyrank s 0 1", "zremrangebyscore s 0 1", "zremrangebylex s - +",
            "zremrangebylex s a +", "zpopmin s", "zpopmin s 0", "zpopmax s -1", "zmpop 1 s min", "zmpop 2 none s max",
            "bzpopmin s 0", "bzpopmax none s 0", "bzmpop 0 1 s min", "zrandmember s", "zrandmember s 1",
            "zrandmember s a", "zscan s 0", "zscan s a", "zscan s 0 foo", "zunion 2 z s", "zunion 2 s z foo",
            "zinter 2 none s",
            "zdiff 2 none s", "zintercard 2 none s", "zintercard 2 s none foo", "zunionstore d 1 s",
            "zinterstore d 2 none s", "zdiffstore d 1 s", "zrangestore d s 0 -1", "zrangestore s z 0 -1", "zrange s 0 -1",
            "set s x",
            "zunionstore s 1 none", "get s", "set s x", "zunionstore s 1 z", "zrange s 0 -1"}) {
            comparison.run(Comparison.words(request));
        }
    }

    /** Since 7.2 scores are written in the shortest form that reads back as the same number. */
    @Test
    void scoresAreShort() {
        engine.client.run("zadd", "z", "0.1", "a", "3.7", "b");
        assertEquals("$3\r\n0.1\r\n", engine.client.run("zscore", "z", "a"));
        assertEquals("*2\r\n$1\r\nb\r\n$3\r\n3.7\r\n", engine.client.run("zrange", "z", "1", "1", "withscores"));
        protocol(3);
        assertEquals(",0.1\r\n", engine.client.run("zscore", "z", "a"));
    }

    /** An option of 7.2. */
    @Test
    void ranksWithScores() {
        engine.client.run("zadd", "z", "1", "a", "2.5", "b");
        assertEquals("*2\r\n:1\r\n$3\r\n2.5\r\n", engine.client.run("zrank", "z", "b", "withscore"));
        assertEquals("*2\r\n:1\r\n$1\r\n1\r\n", engine.client.run("zrevrank", "z", "a", "WITHSCORE"));
        assertEquals("*-1\r\n", engine.client.run("zrank", "z", "c", "withscore"));
        assertEquals("*-1\r\n", engine.client.run("zrevrank", "none", "c", "withscore"));
        assertEquals("$-1\r\n", engine.client.run("zrank", "z", "c"));
        assertEquals("-ERR syntax error\r\n", engine.client.run("zrank", "z", "b", "withscores"));
        assertEquals("-ERR syntax error\r\n", engine.client.run("zrank", "z", "b", "withscore", "x"));
        protocol(3);
        assertEquals("*2\r\n:1\r\n,2.5\r\n", engine.client.run("zrank", "z", "b", "withscore"));
        assertEquals("_\r\n", engine.client.run("zrank", "z", "c", "withscore"));
    }
}
