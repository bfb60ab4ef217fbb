package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.contracts.Oracle;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several clients say the same to a real server and to this one, and must hear the same. */
class ConversationTest {
    /** Has the classes loaded whose loading would make the first lines slow. */
    private static final String WARM_UP = """
            y> config set notify-keyspace-events KEA
            z> psubscribe *
            y> rpush warm up
            y> lpop warm
            y> config set notify-keyspace-events ""
            z> punsubscribe
            """;

    private static void compare(String script) throws Exception {
        try (Oracle oracle = Oracle.start(); RunningServer ours = new RunningServer();
                Conversation theirs = new Conversation(oracle.port()); Conversation mine = new Conversation(ours.port())) {
            theirs.hold(WARM_UP);
            mine.hold(WARM_UP);
            List<String> expected = hold(theirs, script);
            List<String> actual = hold(mine, script);
            List<String> missing = new ArrayList<>(expected);
            missing.removeAll(actual);
            List<String> extra = new ArrayList<>(actual);
            extra.removeAll(expected);
            assertEquals(String.join("\n", missing), String.join("\n", extra));
            assertEquals(expected, actual);
        }
    }

    /** The word ID stands for the id of the client named a. */
    private static List<String> hold(Conversation conversation, String script) {
        String id = conversation.hold("a> client id").get(0).replaceAll(".*:(\\d+) $", "$1");
        return conversation.hold(script.replace(" ID", " " + id)).stream()
                .map(line -> line.replace("unblock " + id, "unblock ID").replace("kill id " + id, "kill id ID")).toList();
    }

    @Test
    void transactions() throws Exception {
        compare("""
                a> exec
                a> discard
                a> multi
                a> multi
                a> watch k
                a> set k 1
                a> incr k
                b> get k
                a> get k
                a> exec
                b> get k
                # errors while running do not abort
                a> multi | set s text | incr s | set t 2 | exec
                a> mget s t k
                # errors while queueing do
                a> multi | set u 1 | nosuch x | get | set u 2 | exec
                a> get u
                a> multi | set u 1 | discard | exec
                a> multi | exec
                a> multi | select 3 | set k three | get k | exec
                a> get k
                a> select 0
                a> multi | ping | echo x | exec
                a> multi | reset
                a> exec
                a> multi | quit
                c> multi | set x 1
                c> bye
                d> get x
                d> client reply off | multi | set x 2 | exec | client reply on
                d> get x
                d> multi | client reply skip | get x | get x | exec
                """);
    }

    @Test
    void watchedKeys() throws Exception {
        compare("""
                a> watch k
                b> set k 1
                a> multi | get k | exec
                a> multi | get k | exec
                a> watch k l | unwatch
                b> set k 2
                a> multi | get k | exec
                a> watch k | discard
                a> watch none
                b> del none
                a> multi | get k | exec
                a> watch k
                b> flushall
                a> multi | get k | exec
                a> watch k
                b> flushall
                a> multi | get k | exec
                b> set k v px 1 | set l v
                wait 10
                a> watch k
                b> get k
                a> multi | get k | exec
                b> set k v px 400
                a> watch k
                wait 500
                a> multi | get k | exec
                a> watch k
                b> set k v | del k
                a> multi | get l | exec
                a> watch l
                b> swapdb 0 1
                a> multi | get l | exec
                a> watch l
                b> swapdb 0 1
                a> multi | get l | exec
                a> select 1 | watch l | select 0
                b> set l 1
                a> multi | get l | exec
                a> select 1 | watch l | select 0
                b> select 1 | set l 1 | select 0
                a> multi | get l | exec
                a> watch l
                a> set l mine
                a> multi | get l | exec
                a> watch l
                b> expire l 100
                a> multi | get l | exec
                a> watch l
                b> expire nosuch 100
                a> multi | get l | exec
                a> watch l
                b> rename l m
                a> multi | get l | exec
                a> watch l
                b> move m 2
                a> multi | get l | exec
                a> watch a b c
                a> multi
                b> set c 1
                a> discard
                a> multi | get c | exec
                """);
    }

    @Test
    void publishAndSubscribe() throws Exception {
        compare("""
                a> subscribe x y x
                a> psubscribe x*
                a> ssubscribe x
                b> publish x hello
                b> publish none hello
                b> spublish x shard
                b> pubsub channels x*
                b> pubsub numsub x y z
                b> pubsub numpat
                b> pubsub shardchannels
                b> pubsub shardnumsub x y
                b> pubsub numsub
                a> get k
                a> ping
                a> ping hello
                a> publish x y
                a> multi
                a> unsubscribe x
                a> unsubscribe x nosuch
                a> unsubscribe
                a> unsubscribe
                a> punsubscribe
                a> punsubscribe
                a> get k
                a> sunsubscribe
                a> sunsubscribe
                a> get k
                b> publish x hello
                d> subscribe x
                d> reset
                d> get k
                d> subscribe x
                d> quit
                b> pubsub channels
                f> subscribe x
                b> publish nobody 1
                g> subscribe
                g> publish x
                g> pubsub nosuch
                g> client reply off | subscribe r
                b> publish r 1
                """);
    }

    /** 7.0 puts a message to oneself before or into the reply, 7.2 behind it. */
    @Test
    void messagesToOneselfFollowTheReply() throws Exception {
        try (RunningServer ours = new RunningServer(); Conversation talk = new Conversation(ours.port())) {
            talk.hold("a> hello 3");
            assertEquals(List.of(
                    "a> subscribe x => a: >3 $9 subscribe $1 x :1 ",
                    "a> get k => a: _ ",
                    "a> ping => a: +PONG ",
                    "a> publish x me | get k => a: :1 >3 $7 message $1 x $2 me _ ",
                    "a> multi | publish x 1 | get k | exec => a: +OK +QUEUED +QUEUED *2 :1 _ >3 $7 message $1 x $1 1 "),
                    talk.hold("""
                            a> subscribe x
                            a> get k
                            a> ping
                            a> publish x me | get k
                            a> multi | publish x 1 | get k | exec
                            """));
        }
    }

    @Test
    void waitingForLists() throws Exception {
        compare("""
                # fair by arrival
                a~> blpop k 0
                b~> blpop k 0
                c~> brpop k 0
                d> rpush k 1
                d> rpush k 2 3 4
                d> lrange k 0 -1
                d> del k
                # several keys, the first in the request that has something
                a~> blpop x y z 0
                d> multi | rpush z 1 | rpush y 1 | rpush x 1 | exec
                d> del x y z
                # time-outs
                a~> blpop k 0.1
                wait 150
                b~> brpoplpush k l 0.1
                wait 150
                c~> blmove k l left right 0.1
                wait 150
                d~> blmpop 0.1 1 k left
                wait 150
                a~> blpop k 0.1
                wait 150
                a~> blmove k l left right 0.1
                wait 150
                # what comes while it waits is answered later
                a~> blpop k 0 | ping | get s
                b> rpush k v
                # wrong types
                b> set s text
                a~> blpop s 0
                a> blpop none s 0
                a~> blpop k 0
                b> set k text
                b> del k
                b> sadd k m
                b> del k
                b> rpush k v
                a~> blmove k s left left 0
                b> rpush k v
                b> lrange k 0 -1
                b> del k
                # served by every way in which a key can appear
                a~> blpop k 0
                b> rpush other 1 | rename other k
                a~> blpop k 0
                b> rpush other 1 | copy other k
                b> del other
                a~> blpop k 0
                b> select 1 | rpush k 1 | move k 0 | select 0
                a~> blpop k 0
                b> select 1 | rpush k 1 | select 0 | swapdb 0 1
                b> swapdb 0 1
                a~> blpop k 0
                b> multi | rpush k 1 | del k | exec
                b> multi | set k v | del k | lpush k in | exec
                a~> blpop k 0
                b> rpush src 9 | lmove src k left left
                # chains
                a~> blmove k1 k2 left right 0
                b~> blmove k2 k3 left right 0
                c~> blpop k3 0
                d> rpush k1 chain
                # inside a transaction nobody waits
                a> multi | blpop k 0 | blmove k l left left 0 | brpoplpush k l 0 | blmpop 0 1 k left | exec
                # a dead client gets nothing
                a~> blpop k 0
                b~> blpop k 0
                a> bye
                d> rpush k 1
                d> exists k
                # arguments
                d> blpop k -1
                d> blpop k abc
                d> blpop k 1e400
                d> blpop k inf
                d> blpop k 0x10p100
                d> blmpop 0 0 k left
                d> blmpop 0 1 k middle
                d> blmpop 0 1 k left count 0
                d> blmove k l up down 0
                # many elements at once
                a~> blmpop 0 2 k1 k2 right count 2
                b~> blpop k2 0
                d> rpush k2 1 2 3
                d> exists k2
                # events and sizes
                d> config set notify-keyspace-events KEA
                e> psubscribe __keyevent*
                a~> blpop k 0
                d> rpush k 1
                """);
    }

    @Test
    void waitingForStreamsAndSortedSets() throws Exception {
        compare("""
                a~> xread block 0 streams s $
                b~> xread block 0 count 1 streams s t 0 $
                c> xadd s 1-1 f v
                a~> xread block 0 streams s $
                b~> xread block 0 streams s $
                c> multi | xadd s 2-1 f v | xadd s 3-1 f v | exec
                a~> xread block 50 streams s $
                wait 100
                c> xgroup create s g $
                c> xgroup createconsumer s g c1
                a~> xreadgroup group g c1 block 0 streams s >
                b~> xreadgroup group g c1 block 0 streams s >
                c> xadd s 4-1 f v
                c> xadd s 5-1 f v
                c> xpending s g - + 10 nosuch
                c> xack s g 4-1 5-1
                a> multi | xread block 0 streams s $ | xreadgroup group g c1 block 0 streams s > | exec
                a~> bzpopmin z 0
                b~> bzpopmax y z 0
                c> zadd z 1 a 2 b 3 c
                c> zrange z 0 -1 withscores
                c> del z
                a~> bzmpop 0 2 y z max count 2
                c> zadd y 1 a 2 b 3 c
                c> del y
                a~> bzpopmin z 0
                c> sadd z member
                c> del z
                c> geoadd z 1 1 place
                a~> bzpopmin z 0.05
                wait 100
                a> bzpopmin z -1
                a> bzmpop 0 1 z middle
                a> multi | bzpopmin z 0 | bzmpop 0 1 z min | exec
                """);
    }

    @Test
    void waitingClientsAreSeenAndWoken() throws Exception {
        compare("""
                a~> blpop k 0
                b> client unblock ID
                b> client unblock ID
                a~> blpop k 0
                b> client unblock ID error
                a~> blpop k 0
                b> client unblock ID timeout
                b> client unblock 99
                b> client unblock ID nosuch
                a~> blmove k l left left 0
                b> client unblock ID
                a~> blpop k 0
                b> client kill id ID
                b> rpush k v
                b> lpop k
                """);
    }

    @Test
    void keyspaceEvents() throws Exception {
        compare("""
                b> config set notify-keyspace-events KEAmn
                a> psubscribe __key*
                b> set k v
                b> set k v
                b> set k v ex 100
                b> setnx l 1
                b> get nosuch
                b> exists nosuch
                b> ttl nosuch
                b> del k nosuch
                b> mset m 1 n 2
                b> append m 1
                b> incr m
                b> incrbyfloat m 1
                b> setrange m 1 x
                b> getset m v
                b> getdel m
                b> getex n ex 100
                b> getex n persist
                b> expire n 50
                b> persist n
                b> expire n -1
                b> set k v px 200
                wait 600
                b> set k v
                b> rename k l
                b> move l 1
                b> select 1
                b> copy l m
                b> move l 0
                b> select 0
                b> flushall
                b> multi | set k v | set l v | exec
                b> config set notify-keyspace-events K$
                b> set k v | del k
                b> config set notify-keyspace-events Eg
                b> set k v | del k
                b> config set notify-keyspace-events KEm
                b> get k | get k
                b> config set notify-keyspace-events ""
                b> set k v
                """);
    }
}
