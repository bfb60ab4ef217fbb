package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.Oracle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hundreds of peers that send slowly, half of a request or too much, or never read: the same here and with a real server. */
@Timeout(60)
class SlowPeersTest {
    private static final int PEERS = 100;
    private static final String BIG = "x".repeat(100_000);

    @Test
    void theyFillLimitsAndDisturbNobody() throws Exception {
        try (RunningServer server = new RunningServer("client-output-buffer-limit", "normal", "20mb", "0", "0");
                Oracle redis = Oracle.start("--client-output-buffer-limit", "normal", "20mb", "0", "0")) {
            CompletableFuture<Map<String, Object>> theirs = CompletableFuture.supplyAsync(() -> scenario(redis.port()));
            Map<String, Object> ours = scenario(server.port());
            assertEquals(Map.of("dribbled", PEERS, "halves left", 0, "oversized left", 0, "readers left", 0, "slow readers left", 1,
                    "watched", true), ours);
            assertEquals(theirs.get(40, TimeUnit.SECONDS), ours);
        }
    }

    /** @return what became of each kind */
    private static Map<String, Object> scenario(int port) {
        List<Socket> dribbling = new ArrayList<>();
        List<Socket> halves = new ArrayList<>();
        List<Socket> oversized = new ArrayList<>();
        List<Socket> readers = new ArrayList<>();
        try (Socket good = connect(port); Socket slowReader = connect(port)) {
            for (String line : List.of("CONFIG SET timeout 1", "CONFIG SET client-query-buffer-limit 1mb", "SET big " + BIG.substring(0, 60_000))) {
                send(good, line + "\r\n");
                assertEquals("+OK\r\n", RunningServer.read(good, 5));
            }
            send(slowReader, "GET big\r\n".repeat(200));
            for (int i = 0; i < PEERS; i++) {
                dribbling.add(connect(port));
                halves.add(connect(port));
                send(halves.get(i), "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$100\r\nhalf");
            }
            for (int i = 0; i < 5; i++) {
                oversized.add(connect(port));
                drown(oversized.get(i), "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$30000000\r\n" + BIG.repeat(15));
                readers.add(connect(port));
                drown(readers.get(i), "GET big\r\n".repeat(600));
            }
            byte[] slowly = "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII);
            long longest = 0;
            boolean watched = isWatched(port, good.getLocalPort());
            // a byte each quarter of a second: longer than may be idle
            for (byte each : slowly) {
                for (Socket socket : dribbling) {
                    socket.getOutputStream().write(each);
                }
                slowReader.getInputStream().readNBytes(500_000);
                long until = System.nanoTime() + 250_000_000;
                while (System.nanoTime() < until) {
                    long before = System.nanoTime();
                    send(good, "PING\r\n");
                    assertEquals("+PONG\r\n", RunningServer.read(good, 7));
                    longest = Math.max(longest, System.nanoTime() - before);
                    Thread.sleep(5);
                }
            }
            assertTrue(longest < 2_000_000_000L, "somebody else waited for " + longest + " ns");
            int dribbled = 0;
            for (Socket socket : dribbling) {
                dribbled += RunningServer.read(socket, 7).equals("+PONG\r\n") ? 1 : 0;
            }
            return new TreeMap<>(Map.of("dribbled", dribbled, "halves left", left(halves), "oversized left", left(oversized),
                    "readers left", left(readers), "slow readers left", left(List.of(slowReader)), "watched", watched));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            for (List<Socket> sockets : List.of(dribbling, halves, oversized, readers)) {
                sockets.forEach(SlowPeersTest::close);
            }
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends what may not all be taken. */
    private static void drown(Socket socket, String text) {
        try {
            send(socket, text);
        } catch (IOException e) {
            // cut off already
        }
    }

    /** How many still have an answer to come or are connected. */
    private static int left(List<Socket> sockets) throws IOException {
        int left = 0;
        for (Socket socket : sockets) {
            socket.setSoTimeout(50);
            try {
                long end = System.nanoTime() + 1_000_000_000L;
                while (socket.getInputStream().read(new byte[1 << 20]) >= 0 && System.nanoTime() < end) {
                    // what had been sent before
                }
                left += System.nanoTime() < end ? 0 : 1;
            } catch (java.net.SocketTimeoutException e) {
                left++;
            } catch (java.net.SocketException e) {
                // reset
            }
        }
        return left;
    }

    /** Whether the kernel asks from time to time if the peer is there still: the timer of the server's end. */
    private static boolean isWatched(int port, int peer) throws IOException {
        Pattern ends = Pattern.compile(String.format(":%04X [0-9A-F]*0100007F:%04X 01 .* 02:", port, peer));
        List<String> sockets = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        sockets.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return sockets.stream().anyMatch(line -> ends.matcher(line).find());
    }

    /** Whoever has not told the password may send little. */
    @Test
    void unauthenticatedPeersHaveSmallLimits() throws Exception {
        try (RunningServer server = new RunningServer("requirepass", "secret"); Oracle redis = Oracle.start("--requirepass", "secret")) {
            String auth = "AUTH secret\r\n";
            String quit = "QUIT\r\n";
            String ten = "*10\r\n" + "$1\r\na\r\n".repeat(10);
            String longest = "*2\r\n$4\r\nPING\r\n$16384\r\n" + BIG.substring(0, 16384) + "\r\n";
            for (String request : List.of("*11\r\n", "*1\r\n$16385\r\n", "*2\r\n$4\r\nPING\r\n$16385\r\n", ten + quit, longest + quit,
                    auth + "*11\r\n" + "$1\r\na\r\n".repeat(11) + quit, auth + "*2\r\n$4\r\nECHO\r\n$16385\r\n" + BIG.substring(0, 16385)
                    + "\r\n" + quit, "*-1\r\n*0\r\n\r\n" + quit, "PING " + BIG.substring(0, 70_000))) {
                try (Socket there = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
                    send(there, request);
                    there.setSoTimeout(5_000);
                    String theirs = new String(there.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertEquals(theirs, server.exchange(request), request.substring(0, Math.min(40, request.length())));
                }
            }
        }
    }
}
