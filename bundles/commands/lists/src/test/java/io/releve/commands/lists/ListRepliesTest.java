package io.releve.commands.lists;


import io.releve.command.Command;
import io.releve.contracts.SpecComparison;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same requests to these commands and to a real server. */
class ListRepliesTest extends ListComparison {
    @Test
    void factsAreThoseOfTheServer() {
        SpecComparison facts = new SpecComparison(oracle);
        for (Command command : new ListCommands().commands()) {
            facts.compare(command);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void pushingAndPopping(int version) {
        protocol(version);
        comparison.script("""
                rpush l a b c d e f "" "\\0\\n\\xff"
                lpush l x y
                lpushx l z
                rpushx l 1 2
                lpushx none y
                rpushx none y
                lpush l
                rpush
                llen l
                llen none
                llen
                lrange l 0 -1
                lrange l -3 -2
                lrange l 5 2
                lrange l -100 100
                lrange l 100 200
                lrange l -9223372036854775808 9223372036854775807
                lrange none 0 -1
                lrange none a 1
                lrange l 0 b
                lrange l 0
                lindex l 0
                lindex l -1
                lindex l 3
                lindex l 99
                lindex l -99
                lindex l 9223372036854775807
                lindex l -9223372036854775808
                lindex l a
                lindex none a
                lset l 0 first
                lset l -1 last
                lset l 99 x
                lset l -99 x
                lset l a x
                lset none a x
                lset none 0 x
                lrange l 0 -1
                lpop l
                rpop l
                lpop l 2
                rpop l 2
                lpop l 0
                rpop l -1
                rpop l a
                rpop none -1
                lpop none
                lpop none 0
                lpop none 1
                lpop l 1 2
                rpop l 1 2
                lpop
                lpop l 9223372036854775807
                llen l
                lpop l
                rpush l 1
                rpop l 5
                rpop l 5
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void searchingAndCutting(int version) {
        protocol(version);
        comparison.script("""
                rpush l a b c a b c a b c d
                lpos l a
                lpos l a rank 2
                lpos l a rank -1
                lpos l a rank 9
                lpos l a count 0
                lpos l a count 2
                lpos l a count 2 rank -1
                lpos l a count 0 rank -2
                lpos l a count 0 maxlen 1
                lpos l a count 0 maxlen 4
                lpos l a rank -1 maxlen 3
                lpos l a rank -1 maxlen 4
                lpos l a rank -1 count 0 maxlen 7
                lpos l d maxlen 9
                lpos l d maxlen 10
                lpos l none
                lpos l none count 1
                lpos none a
                lpos none a count 1
                lpos l a rank 0
                lpos l a count -1
                lpos l a count x
                lpos l a maxlen -1
                lpos l a maxlen x
                lpos l a rank x
                lpos l a rank
                lpos l a foo 1
                lpos l a rank 1 rank 2
                lpos none a rank 0
                lpos l a rank -9223372036854775807
                lpos l a rank 9223372036854775807 count 9223372036854775807 maxlen 9223372036854775807
                lpos l
                linsert l before b X
                linsert l AFTER b Y
                linsert l after d Z
                linsert l before a A
                linsert l before none Z
                linsert none before none Z
                linsert l foo none Z
                linsert none foo none Z
                linsert l before b
                lrange l 0 -1
                lrem l 1 a
                lrem l -1 a
                lrem l 0 none
                lrem none 0 a
                lrem l x a
                lrem none x a
                lrange l 0 -1
                lrem l 9223372036854775807 c
                lrem l -9223372036854775807 b
                lrange l 0 -1
                lrem l 0 a
                rpush m x x x y x x
                lrem m -2 x
                lrange m 0 -1
                lrem m 2 x
                lrange m 0 -1
                lrem m 0 x
                lrem m 0 y
                llen m
                ltrim l 1 -2
                lrange l 0 -1
                ltrim l 0 -1
                ltrim l x 1
                ltrim none x 1
                ltrim none 0 1
                ltrim l -2 9223372036854775807
                lrange l 0 -1
                ltrim l -9223372036854775808 0
                lrange l 0 -1
                ltrim l 5 1
                llen l
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void movingAndServing(int version) {
        protocol(version);
        comparison.script("""
                rpush a 1 2 3 4 5
                lmove a b left right
                lmove a b LEFT LEFT
                lmove a b right left
                lmove a a left right
                lmove a a right left
                lmove a a left left
                lmove a a right right
                lrange a 0 -1
                lrange b 0 -1
                lmove a c foo right
                lmove a c left foo
                lmove none c left foo
                lmove none c left right
                lmove a c left
                rpoplpush a b
                rpoplpush b b
                rpoplpush none b
                rpoplpush a
                lrange a 0 -1
                lrange b 0 -1
                rpush one 1
                lmove one one left right
                lmove one one left left
                rpoplpush one one
                rpoplpush one two
                llen one
                lmpop 0 a left
                lmpop x a left
                lmpop -1 a left
                lmpop 1 a
                lmpop 2 a left
                lmpop 9223372036854775807 a left
                lmpop 1 a foo
                lmpop 1 b left count 0
                lmpop 1 b left count x
                lmpop 1 b left count
                lmpop 1 b left count 1 count 2
                lmpop 1 b left count x count 2
                lmpop 1 b left foo 1
                lmpop 1 b left 1
                lmpop 2 none b left
                lmpop 2 none b RIGHT COUNT 2
                lmpop 2 none none2 left count 2
                lmpop 2 none b left count 200
                lmpop 1 b left
                rpush l 1 2 3 4 5 6 7 8 9 10
                blpop none l 0
                brpop l none 0.5
                blpop l 0x10
                blpop l abc
                blpop l -1
                blpop l nan
                blpop l ""
                blpop l
                blmove l m left right 0
                blmove l l left right 0
                blmove l l right right 0
                blmove l m foo right abc
                blmove l m left right abc
                blmove l m left right -1
                brpoplpush l m 0
                brpoplpush l m abc
                brpoplpush l m -1
                blmpop 0 1 l left
                blmpop 0 2 none l right count 2
                blmpop abc 1 l left
                blmpop abc 0 l left
                blmpop abc 1 l foo
                blmpop abc 1 l left count 0
                blmpop abc 1 l left foo
                blmpop -1 1 l left
                lrange l 0 -1
                lrange m 0 -1
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void wrongTypes(int version) {
        protocol(version);
        comparison.script("""
                set s x
                rpush l 1 2 3
                get l
                append l x
                set l2 x get
                lpush s 1
                rpushx s 1
                lpop s
                lpop s 0
                rpop s -1
                llen s
                lindex s 0
                lindex s abc
                lset s 0 x
                lset s abc x
                lrange s 0 -1
                lrange s abc 0
                ltrim s 0 -1
                ltrim s abc 0
                lrem s 0 x
                lrem s abc x
                linsert s before a b
                linsert s foo a b
                lpos s a
                lpos s a count -1
                lpos s a count 2
                lmove s l left right
                lmove l s left right
                lmove none s left right
                lmove s s left right
                lmove s l foo right
                rpoplpush s l
                rpoplpush l s
                lmpop 2 none s left
                lmpop 2 l s left
                lmpop 2 s l left
                blpop s 0
                blpop l s 0
                blpop s l 0
                blmove s l left right 0
                blmove l s left right 0
                brpoplpush l s 0
                blmpop 0 2 s l left
                lrange l 0 -1
                get s
                mset s 1 l 2
                get l
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void nothingWaitsInATransaction(int version) {
        protocol(version);
        comparison.script("""
                multi
                blpop a b 0
                brpop a 0
                blmove a b left right 0
                brpoplpush a b 0
                blmpop 0 2 a b left
                rpush a 1 2 3
                blpop b a 0
                blmove a b left left 0
                blmpop 0 1 b left count 5
                exec
                watch a
                ltrim a 0 -1
                multi
                llen a
                exec
                """);
    }

    @Test
    void theRankWhoseSignCannotBeTurned() {
        comparison.script("""
                rpush l a b a b
                lpos l a rank -9223372036854775808
                lpos l x rank -9223372036854775808
                lpos l a rank -9223372036854775808 count 1
                lpos l a rank -9223372036854775808 count 0
                lpos l a rank -9223372036854775807
                """);
    }
}
