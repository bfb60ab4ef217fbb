package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MONITOR beside a real server, and what it means for those who do not read and for what is not durable yet. */
class MonitorTest {
    private static final String SCRIPT = """
            m> monitor
            a> set k "a\\"b\\\\\\n\\t\\r\\a\\b\\x01\\xff'z"
            a> set
            a> nosuch a
            a> incr k
            a> auth default x
            a> auth x
            a> hello 2
            a> hello 2 auth default x
            a> hello 2 setname aa
            a> config get maxmemory
            a> config nosuch
            a> client setname foo
            a> client getname
            a> debug sleep 0
            a> select 3
            a> multi
            a> get k
            a> incr k
            a> nosuch
            a> discard
            a> multi | get k | set s 1 | incr k | exec
            a> exec
            a> multi | incr s | exec
            a> subscribe x
            a> get
            a> ping
            a> unsubscribe x
            a> blpop s 0.01
            a~> blpop l 0
            b> select 3 | rpush l 1
            a> set l 1 | get l
            a> reset
            a> migrate 127.0.0.1 1 "" 0 100 auth secret keys nosuch1
            a> migrate 127.0.0.1 1 "" 0 100 auth2 user secret keys nosuch1
            # a client that monitors
            m> get k
            m> set k v
            m> ping
            m> monitor | ping
            n> multi | monitor | exec
            n> monitor
            a> set k v
            n> reset
            n> get k
            a> set k v
            m> reset
            m> get k
            a> set k v
            """;

    private static List<String> hold(int port) throws IOException {
        try (Conversation talk = new Conversation(port)) {
            return talk.hold(SCRIPT).stream().map(line -> line.replaceAll("\\+\\d{10}\\.\\d{6} ", "+TIME ")
                    .replaceAll(":\\d{4,5}]", ":PORT]").replaceAll("version \\$\\d [\\d.]+", "version")
                    .replaceAll("id :\\d+", "id")).toList();
        }
    }

    @Test
    void showsWhatRedisShows() throws Exception {
        try (Oracle oracle = Oracle.start("--enable-debug-command", "yes");
                RunningServer ours = new RunningServer("enable-debug-command", "yes")) {
            assertEquals(String.join("\n", hold(oracle.port())), String.join("\n", hold(ours.port())));
        }
    }

    @Test
    void oneThatDoesNotReadIsCutOff() throws Exception {
        try (RunningServer server = new RunningServer("client-output-buffer-limit", "slave", "1mb", "0", "0");
                Socket monitor = server.connect(); Oracle client = Oracle.at(server.port())) {
            monitor.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("+OK\r\n", RunningServer.read(monitor, 5));
            String value = "x".repeat(100_000);
            int sent = 0;
            while (client.run("CLIENT", "LIST").contains("flags=O")) {
                assertTrue(sent++ < 1000, "it is still there");
                client.run("SET", "k", value);
            }
        }
    }

    @Test
    void whatItShowsIsDurable() throws Exception {
        try (RunningServer server = new RunningServer(); Socket monitor = server.connect(); Socket writer = server.connect()) {
            monitor.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("+OK\r\n", RunningServer.read(monitor, 5));
            ChangeLog.Subscription subscription = server.log().subscribe(new Silent(), true);
            writer.getOutputStream().write("MULTI\r\nSET k v\r\nEXEC\r\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder shown = new StringBuilder();
            monitor.setSoTimeout(300);
            try {
                while (true) {
                    shown.append(RunningServer.read(monitor, 1));
                }
            } catch (SocketTimeoutException e) {
                assertTrue(!shown.toString().contains("SET"), shown.toString());
            }
            subscription.acknowledge(server.log().position());
            monitor.setSoTimeout(5000);
            String text = "";
            while (!text.contains("\"EXEC\"")) {
                text += RunningServer.read(monitor, 1);
            }
            assertTrue(text.contains("\"SET\" \"k\" \"v\"\r\n"), text);
        }
    }

    private static final class Silent implements Subscriber {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public void entry(Entry entry) {
        }

        @Override
        public void flush(long position) {
        }
    }
}
