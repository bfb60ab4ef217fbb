package io.releve.embedded.plain;

import static io.releve.embedded.plain.TypedCalls.words;

import java.util.Map;

/** Calls on the instance and its connections. */
final class ServerCalls {
    private ServerCalls() {
    }

    static void messages(TypedCalls calls) {
        calls.expect("0", "publish", "news", "hello");
        calls.expect("0", "spublish", "news", "hello");
        calls.expect("[]", "pubsubChannels");
        calls.expect("[]", "pubsubChannels", "n*");
        calls.expect("0", "pubsubNumPat");
        calls.expect("[news=0]", "pubsubNumSub", (Object) words("news"));
    }

    static void server(TypedCalls calls) {
        calls.given("SET k 1");
        calls.expect("PONG", "ping");
        calls.expect("text", "echo", "text");
        calls.expect("1", "dbSize");
        calls.expect("OK", "flushDB");
        calls.expect("OK", "flushAll");
        calls.expect("OK", "swapDB", 0, 1);
        calls.expect("~# Server.*# Keyspace\r\ndb0:keys=1,.*", "info");
        calls.expect("~# Keyspace\r\ndb0:keys=1,.*", "info", (Object) words("keyspace"));
        calls.expect("[databases=16, hz=10]", "configGet", (Object) words("hz", "databases"));
        calls.expect("OK", "configSet", "hz", "20");
        calls.expect("OK", "configSet", Map.of("hz", "10"));
        calls.expect("OK", "configResetStat");
        calls.expect("OK", "save");
        calls.expect("Background saving started", "bgsave");
        calls.expect("~Background append only file rewriting (started|scheduled)", "bgrewriteaof");
        calls.expect("~1\\d{9}", "lastsave");
        calls.expect("~\\[1\\d{9}, \\d{1,6}]", "time");
        calls.expect("~[1-9]\\d+", "memoryUsage", "k");
        calls.expect("~[2-9]\\d\\d", "commandCount");
        calls.expect("~id=\\d+ addr=embedded:0 .*cmd=client\\|list.*", "clientList");
        calls.expect("OK", "clientPause", 1);
        calls.expect("OK", "clientUnpause");
        calls.expect("[0, 0]", "waitAOF", 0, 0, 10);
    }

    static void connection(TypedCalls calls) {
        calls.expect("OK", "select", 0);
        calls.expect("OK", "watch", (Object) words("k", "l"));
        calls.expect("OK", "unwatch");
    }
}
