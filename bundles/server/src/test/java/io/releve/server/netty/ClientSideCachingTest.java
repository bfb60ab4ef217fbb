package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.commands.scripting.ScriptingCommands;
import io.releve.contracts.Oracle;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Clients that keep copies hear what a real server tells them, and when the log allows it. */
class ClientSideCachingTest {
    private static void compare(String script) throws Exception {
        try (Oracle oracle = Oracle.start("--enable-debug-command", "yes"); RunningServer ours = new RunningServer();
                Conversation theirs = new Conversation(oracle.port()); Conversation mine = new Conversation(ours.port())) {
            assertEquals(String.join("\n", hold(theirs, script)), String.join("\n", hold(mine, script)));
        }
    }

    /** The word ID stands for the id of client a, which is answered with the version and the like. */
    private static List<String> hold(Conversation conversation, String script) {
        String id = conversation.hold("a> client id").get(0).replaceAll(".*:(\\d+) $", "$1");
        conversation.hold("a> hello 3");
        return conversation.hold(script.replace(" ID", " " + id)).stream().filter(line -> !line.contains("hello 2"))
                .map(line -> line.replace("redirect " + id, "redirect ID").replace("redirect :" + id + " ", "redirect :ID ")).toList();
    }

    @Test
    void whatWasReadIsInvalidatedOnce() throws Exception {
        compare("""
                a> client tracking on
                a> get k
                b> set k 1
                b> set k 2
                a> get k | set k 3 | get k
                b> mset k 1 l 2
                a> mget k l
                b> mset k 1 l 2
                a> get k
                b> flushall
                a> flushdb
                a> multi | get k | set k 5 | get k | exec
                b> del k
                a> multi | flushall | set z 1 | exec
                a> strlen s | sort_ro t | getset u v | ttl w
                b> mset s 1 u 1 w 1
                b> rpush t 1
                a> get e
                b> set e 1 px 20
                a> get e
                wait 150
                a> client tracking on noloop
                a> get k | set k 1
                b> set k 2
                a> client tracking on optin
                a> get k
                b> set k 1
                a> client caching yes | get k
                b> set k 1
                a> client caching yes | multi | get k | get l | exec
                b> set k 1 | set l 1
                a> client caching yes | client trackinginfo | get k
                a> client trackinginfo
                a> client tracking off
                a> client tracking on optout
                a> client caching no | get m
                b> set m 1
                a> get m
                b> set m 1
                a> client tracking off
                b> set k 1
                """);
    }

    @Test
    void prefixesAndOtherClientsHearOfThem() throws Exception {
        compare("""
                a> client tracking on bcast prefix x prefix y
                a> client trackinginfo
                b> set x1 1 | set y1 2 | set z 3 | set x2 1 | set x1 4
                b> multi | set x1 1 | set x2 1 | exec
                b> flushall
                a> client tracking on bcast prefix xx
                a> client tracking off
                a> client tracking on bcast noloop
                a> set x1 1
                b> set x1 1
                a> client tracking off
                b> client tracking on redirect ID
                b> get k
                c> set k 1
                a> hello 2
                b> get k
                c> set k 1
                a> subscribe __redis__:invalidate
                b> get k
                c> set k 1
                b> client trackinginfo
                b> get k
                a> bye
                c> set k 1
                b> client trackinginfo
                b> reset
                b> client trackinginfo
                """);
    }

    /** What is served while it blocks was changed before: the copy goes first, or the client would keep what it does not get. */
    @Test
    void aBlockedClientHearsOfItsKeysAsFromRedis() throws Exception {
        String script = """
                a> client tracking on
                a> lrange l 0 -1
                a~> blpop l 0
                b> rpush l 1 2
                a> llen l
                a~> blmove none l left right 0
                b> rpush l 3
                b> rpush none 4
                a> zcard z
                a~> bzpopmin z 0
                b> multi | zadd z 1 a | zadd z 2 b | exec
                a> ping
                """;
        try (Oracle oracle = Oracle.start(); RunningServer ours = new RunningServer();
                Conversation theirs = new Conversation(oracle.port()); Conversation mine = new Conversation(ours.port())) {
            assertEquals(heardByA(hold(theirs, script)), heardByA(hold(mine, script)));
        }
    }

    /** In its order; what wakes a blocked client may be heard a little later. */
    private static String heardByA(List<String> transcript) {
        return transcript.stream().filter(line -> line.contains(" => a: ")).map(line -> line.substring(line.indexOf(" => a: ") + " => a: ".length()))
                .collect(Collectors.joining());
    }

    /** As 7.2 has it: the keys that are read, not those that are declared. */
    @Test
    void scriptsReadForTheirClient() throws Exception {
        try (RunningServer ours = new RunningServer(); Conversation talk = new Conversation(ours.port())) {
            ScriptingCommands scripting = new ScriptingCommands();
            ours.add(scripting);
            hold(talk, """
                    a> client tracking on
                    a> function load "#!lua name=l\\nredis.register_function{function_name='f', flags={'no-writes'}, \
                    callback=function() return redis.call('get', 'g') end}"
                    """);
            for (String read : List.of("eval \"return redis.call('get','g')\" 1 declared", "fcall_ro f 1 declared",
                    "eval_ro \"return pcall(redis.call,'mget','x','g')\" 0", "multi | eval \"return redis.call('strlen','g')\" 0 | exec")) {
                hold(talk, "a> " + read);
                assertEquals("+PONG ", heardByA(talk.hold("b> set declared 1\na> ping")), read);
                assertEquals(">2 $10 invalidate *1 $1 g +PONG ", heardByA(talk.hold("b> set g 1\na> ping")), read);
            }
            scripting.close();
        }
    }

    @Test
    void whatIsEvictedIsInvalid() throws Exception {
        try (RunningServer ours = new RunningServer(); Conversation talk = new Conversation(ours.port())) {
            hold(talk, "a> client tracking on\nb> set k 1\na> get k\nb> config set maxmemory-policy allkeys-lru");
            String heard = heardByA(talk.hold("b> config set maxmemory 1 | set other 2\na> ping"));
            assertTrue(heard.contains(">2 $10 invalidate *1 $1 k "), heard);
        }
    }

    /** Everybody waits for the log, who hears of a change as well as who has made it. */
    @Test
    void invalidationsWaitForTheLog() throws Exception {
        try (RunningServer server = new RunningServer(); Socket writer = server.connect(); Socket reader = server.connect();
                Socket listener = server.connect()) {
            ask(reader, "CLIENT TRACKING ON\r\n", "+OK\r\n", true);
            ask(reader, "GET k\r\n", "_\r\n", false);
            ask(listener, "CLIENT TRACKING ON BCAST\r\n", "+OK\r\n", true);
            reader.setSoTimeout(100);
            listener.setSoTimeout(100);
            writer.setSoTimeout(1000);
            String invalid = ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n";
            try (ChangeLog.Subscription place = server.log().subscribe(new Late(), true)) {
                writer.getOutputStream().write("SET k 1\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThrows(SocketTimeoutException.class, () -> reader.getInputStream().read());
                assertThrows(SocketTimeoutException.class, () -> listener.getInputStream().read());
                place.acknowledge(server.log().position());
                assertEquals(invalid, RunningServer.read(reader, invalid.length()));
                assertEquals(invalid, RunningServer.read(listener, invalid.length()));
                assertEquals("+OK\r\n", RunningServer.read(writer, 5));
            }
        }
    }

    private static void ask(Socket client, String request, String reply, boolean hello) throws Exception {
        if (hello) {
            client.getOutputStream().write("HELLO 3 SETNAME x\r\nECHO end\r\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder heard = new StringBuilder();
            while (!heard.toString().endsWith("$3\r\nend\r\n")) {
                heard.append((char) client.getInputStream().read());
            }
        }
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertEquals(reply, RunningServer.read(client, reply.length()));
    }

    /** With more keys than the table may hold some are forgotten, and their readers hear so. */
    @Test
    void aFullTableForgets() throws Exception {
        try (RunningServer server = new RunningServer("tracking-table-max-keys", "2"); Socket reader = server.connect()) {
            ask(reader, "CLIENT TRACKING ON\r\n", "+OK\r\n", true);
            ask(reader, "MGET a b\r\n", "*2\r\n_\r\n_\r\n", false);
            ask(reader, "GET c\r\n", "_\r\n>2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\n", false);
            char forgotten = (char) reader.getInputStream().read();
            assertTrue(forgotten == 'a' || forgotten == 'b', "forgotten " + forgotten);
            RunningServer.read(reader, 2);
            reader.getOutputStream().write("INFO stats\r\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder info = new StringBuilder();
            while (!info.toString().contains("tracking_total_prefixes:0\r\n")) {
                info.append((char) reader.getInputStream().read());
            }
            assertTrue(info.toString().contains("tracking_total_keys:2\r\ntracking_total_items:2\r\n"), info.toString());
        }
    }

    /** Acknowledges when the test says so. */
    private static final class Late implements Subscriber {
        @Override
        public String name() {
            return "late";
        }

        @Override
        public void entry(Entry entry) {
            // only its acknowledgement counts
        }

        @Override
        public void flush(long position) {
            // the test acknowledges
        }
    }
}
