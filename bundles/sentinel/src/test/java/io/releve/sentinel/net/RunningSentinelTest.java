package io.releve.sentinel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.format.guard.Address;
import io.releve.sentinel.core.MasterConfig;
import io.releve.sentinel.core.SentinelConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sentinel among servers and sentinels that lie. */
class RunningSentinelTest {
    private static final String OWN = "a".repeat(40);
    private static final String OTHER = "b".repeat(40);
    private static final String HEALTHY = "run_id:" + "c".repeat(40) + "\r\nrole:master\r\n";

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final SentinelConfig config = new SentinelConfig(OWN);
    private ServerSocket server;
    private RunningSentinel sentinel;
    private volatile boolean diskFull;
    private volatile int saves;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        MasterConfig master = new MasterConfig("m", new Address("127.0.0.1", server.getLocalPort()), 1);
        master.downAfter = 600;
        config.masters.put("m", master);
    }

    @AfterEach
    void close() throws IOException {
        if (sentinel != null) {
            sentinel.stop();
        }
        server.close();
    }

    private void start(Function<String, String> answers) {
        Thread accepting = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    Thread serving = new Thread(() -> serve(socket, answers));
                    serving.setDaemon(true);
                    serving.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
        sentinel = new RunningSentinel("test", config, all -> {
            saves++;
            return !diskFull;
        }, List.of("127.0.0.1"), 26379, (type, text) -> events.add(type + " " + text), () -> null);
        sentinel.start();
    }

    /** @param answers the reply to a command, by its name */
    private static void serve(Socket socket, Function<String, String> answers) {
        try (socket; BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int words = Integer.parseInt(line.substring(1));
                String name = "";
                for (int i = 0; i < words; i++) {
                    in.readLine();
                    String word = in.readLine();
                    name = i == 0 ? word : name;
                }
                socket.getOutputStream().write(answers.apply(name).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // the sentinel has had enough
        }
    }

    private static String bulk(String text) {
        return "$" + text.length() + "\r\n" + text + "\r\n";
    }

    private static String honest(String command, String info) {
        return switch (command) {
            case "PING" -> "+PONG\r\n";
            case "INFO" -> bulk(info);
            case "GUARD" -> "-ERR unknown command\r\n";
            case "SUBSCRIBE" -> "*3\r\n$9\r\nsubscribe\r\n$18\r\n__sentinel__:hello\r\n:1\r\n";
            default -> "+OK\r\n";
        };
    }

    private String flags() throws Exception {
        return sentinel.ask(of -> of.overview().master("m")).get("flags");
    }

    private void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!condition.call()) {
            assertTrue(System.nanoTime() < end, () -> "not in time: " + events);
            Thread.sleep(20);
        }
    }

    @Test
    void aPingThatIsNotAnsweredAsOneShould() throws Exception {
        start(command -> command.equals("PING") ? "+WHO\r\n" : honest(command, HEALTHY));
        until(() -> flags().startsWith("s_down"));
    }

    @Test
    void aServerThatSpeaksAnotherProtocol() throws Exception {
        start(command -> "HTTP/1.1 400 Bad Request\r\n\r\n");
        until(() -> flags().startsWith("s_down"));
        until(() -> flags().contains("disconnected"));
    }

    @Test
    void anInfoOfLies() throws Exception {
        String lies = "run_id:short\r\nrole:master\r\nslave0:ip=127.0.0.9,port=99999\r\nslave1:ip=,port=1\r\nslave2:nonsense\r\n"
                + "slave3:ip=a b,port=1\r\nslave4:ip=127.0.0.1,port=1\r\n:\r\nrole:slave\r\nslave_priority:x\r\n";
        start(command -> honest(command, lies));
        until(() -> sentinel.ask(of -> of.overview().replicas("m")).size() == 1);
        assertEquals("master", flags());
        assertEquals("", sentinel.ask(of -> of.overview().master("m")).get("runid"));
    }

    /** Its link is made anew each time; as long as it answers pings it counts as up, as it does with Redis. */
    @Test
    void anInfoWithoutEnd() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        start(command -> {
            if (command.equals("INFO")) {
                asked.incrementAndGet();
                return "$2000000\r\n";
            }
            return honest(command, HEALTHY);
        });
        until(() -> asked.get() > 3);
        assertEquals("0", sentinel.ask(of -> of.overview().master("m")).get("info-refresh"));
        assertTrue(!flags().contains("s_down"));
    }

    @Test
    void hellosOfLies() throws Exception {
        start(command -> honest(command, HEALTHY));
        until(() -> flags().equals("master"));
        int port = server.getLocalPort();
        long far = 1L << 40;
        for (String hello : List.of("", ",,,,,,,", "127.0.0.1,26380," + OTHER + ",1,m,127.0.0.1", "x".repeat(1 << 20),
                "127.0.0.1,0," + OTHER + ",0,m,127.0.0.1," + port + ",0", "127.0.0.1,99999," + OTHER + ",0,m,127.0.0.1," + port + ",0",
                "127.0.0.1,26380,short,0,m,127.0.0.1," + port + ",0", "127.0.0.1,26380," + OTHER + ",-1,m,127.0.0.1," + port + ",0",
                "127.0.0.1,26380," + OTHER + "," + far + ",m,127.0.0.1," + port + ",0",
                "127.0.0.1,26380," + OTHER + "," + Long.MAX_VALUE + ",m,127.0.0.1," + port + "," + Long.MAX_VALUE,
                "127.0.0.1,26380," + OTHER + ",1,m,127.0.0.1,6," + far, "127.0.0.1,26380," + OTHER + ",9,nobody,127.0.0.1," + port + ",9",
                "a b,26380," + OTHER + ",0,m,127.0.0.1," + port + ",0", "127.0.0.1,26380," + OWN + ",5,m,127.0.0.1,7,5")) {
            sentinel.ask(of -> {
                of.sentinel().hello(hello);
                return null;
            });
        }
        assertEquals(0L, (long) sentinel.<Long>ask(of -> of.config().currentEpoch));
        assertEquals(List.of(), sentinel.ask(of -> of.overview().sentinels("m")));
        assertEquals(port, sentinel.ask(of -> of.overview().currentMaster("m")).port());
    }

    /** No vote that is not on disk; what could not be written is written later. */
    @Test
    void aVoteThatCannotBeWritten() throws Exception {
        start(command -> honest(command, HEALTHY));
        until(() -> flags().equals("master"));
        diskFull = true;
        assertEquals(List.of(0L, "*", 0L), sentinel.ask(of -> of.sentinel().isMasterDown("127.0.0.1", server.getLocalPort(), 1, OTHER)));
        int before = saves;
        diskFull = false;
        until(() -> saves > before);
    }

    @Test
    void aNameThatIsNotResolved() throws Exception {
        config.masters.put("n", new MasterConfig("n", new Address("nowhere.invalid", 6379), 1));
        start(command -> honest(command, HEALTHY));
        until(() -> flags().equals("master"));
        assertTrue(sentinel.ask(of -> of.overview().master("n")).get("flags").contains("disconnected"));
    }

    @Test
    void aNameIsShownAsItsAddress() throws Exception {
        config.masters.put("n", new MasterConfig("n", new Address("localhost", server.getLocalPort()), 1));
        start(command -> honest(command, HEALTHY));
        until(() -> sentinel.ask(of -> of.overview().currentMaster("n")).host().matches("127.0.0.1|0:0:0:0:0:0:0:1"));
        config.announceHostnames = true;
        assertEquals("localhost", sentinel.ask(of -> of.overview().currentMaster("n")).host());
    }

    @Test
    void stopsInTime() throws Exception {
        start(command -> honest(command, HEALTHY));
        until(() -> flags().equals("master"));
        long start = System.nanoTime();
        sentinel.stop();
        sentinel = null;
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(2));
    }
}
