package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stream that a replica reads is the one that a real Redis sends for the same commands; but for a SELECT before messages,
 * which need none, and for consumers, which 7.2 makes beforehand.
 */
class ReplicationStreamIT {
    private static final List<String> LAST = List.of("SET", "last", "one");
    private static final List<String> REQUESTS = List.of("SET a 1", "SET a 2 EX 100", "SET a 3 PX 100000 NX", "GET a",
            "SETEX b 100 x", "PSETEX b 100000 x", "GETEX b EX 50", "GETEX b PERSIST", "GETDEL b", "INCR n", "INCRBYFLOAT n 1.5",
            "APPEND s abc", "SETRANGE s 2 zz", "SETBIT bits 7 1", "BITFIELD bits SET u8 0 255", "PFADD h a b", "PFMERGE h2 h",
            "MSET k1 1 k2 2", "MSETNX k1 1 k3 3", "EXPIRE k1 100", "PEXPIRE k1 100000", "EXPIREAT k2 1", "PERSIST k1",
            "RENAME k1 k9", "COPY k9 k10", "DEL k9 nothere", "UNLINK k10", "SELECT 3", "SET three 3", "MOVE three 0",
            "SELECT 0", "SWAPDB 0 1", "SWAPDB 0 1", "LPUSH l 1 2 3", "RPUSHX nolist 1", "LINSERT l BEFORE 2 x", "LSET l 0 y",
            "LREM l 1 x", "LTRIM l 0 5", "LMOVE l l2 LEFT RIGHT", "RPOPLPUSH l l2", "BLPOP l2 1", "BLMOVE l2 l LEFT LEFT 1",
            "LMPOP 1 l LEFT COUNT 5", "SADD set a", "SPOP set", "SADD set a b", "SMOVE set set2 a", "SUNIONSTORE u set set2",
            "SINTERSTORE u none none2", "HSET hash f 1", "HINCRBY hash f 2", "HINCRBYFLOAT hash f 0.5", "HDEL hash f nof",
            "ZADD z 1 a 2 b 3 c", "ZADD z GT 0 a", "ZINCRBY z 1.5 a", "ZPOPMIN z", "BZPOPMAX z 1", "ZRANGESTORE z2 z 0 -1",
            "ZREMRANGEBYRANK z 0 -1", "GEOADD g 13.3 52.5 berlin", "GEOSEARCHSTORE g2 g FROMMEMBER berlin BYRADIUS 1 km",
            "XADD x 1-1 a b", "XADD x 2-1 a b", "XADD x MAXLEN = 1 3-1 a b", "XGROUP CREATE x grp 0",
            "XGROUP CREATECONSUMER x grp c1", "XREADGROUP GROUP grp c1 STREAMS x >", "XACK x grp 3-1", "XDEL x 3-1", "XTRIM x MAXLEN 0", "SORT l STORE sorted",
            "RPUSH sl 3 1 2", "SORT sl STORE sorted", "MULTI", "SET m1 1", "GET m1", "INCR m2", "EXEC", "MULTI", "GET a", "EXEC",
            "MULTI", "SET only 1", "EXEC", "MULTI", "SELECT 2", "SET two 2", "EXEC", "SELECT 0", "SET gone x PX 1", "DEBUG SLEEP 0.02", "GET gone", "INCR gone", "PUBLISH channel message", "SPUBLISH channel message", "FLUSHDB", "SET a 1",
            "FLUSHALL ASYNC", "SET a 1", "LPUSH a 1", "INCR", "NOSUCH 1");

    @TempDir
    Path directory;

    @Test
    void isTheSameAsThatOfRedis() throws Exception {
        int port = RunningServer.freePort();
        try (Oracle redis = Oracle.start("--repl-diskless-sync-delay", "0", "--enable-debug-command", "yes");
                RunningServer ours = RunningServer.start(directory, "--port", "" + port, "--dir", directory.toString(),
                        "--save", "", "--enable-debug-command", "yes").awaitReady();
                Oracle client = Oracle.at(port)) {
            List<String> expected = stream(redis);
            assertTrue(expected.size() > REQUESTS.size() / 2, "requests in the stream: " + expected.size());
            assertEquals(String.join("\n", expected), String.join("\n", stream(client)));
        }
    }

    private static List<String> stream(Oracle client) throws IOException {
        try (FakeReplica replica = new FakeReplica(client.port())) {
            long offset = replica.synchronise();
            for (String request : REQUESTS) {
                client.run(request.split(" "));
            }
            client.run(LAST.toArray(String[]::new));
            // Redis passes over what is acknowledged before it has noticed the end of the snapshot
            replica.send("REPLCONF", "ACK", Long.toString(offset));
            List<String> stream = new ArrayList<>();
            List<String> next;
            do {
                next = replica.request();
                if (!next.get(0).equals("PING") && !next.contains("GETACK")) {
                    // times differ
                    stream.add(String.join(" ", next).replaceAll("\\b1[0-9]{12}\\b", "(ms)"));
                }
            } while (!next.equals(LAST));
            return stream;
        }
    }
}
