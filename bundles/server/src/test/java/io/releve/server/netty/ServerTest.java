package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.log.Entry;
import io.releve.log.Subscriber;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The listener with a real engine and real sockets, and peers that behave badly. */
@Timeout(60)
class ServerTest {
    private RunningServer server;

    private RunningServer start(String... settings) throws Exception {
        server = new RunningServer(settings);
        return server;
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersHoweverTheBytesAreTorn() throws Exception {
        start();
        byte[] wire = ("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$5\r\nhello\r\n" + "GET k\r\n" + "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = server.connect()) {
            for (byte b : wire) {
                socket.getOutputStream().write(b);
                socket.getOutputStream().flush();
            }
            assertEquals("+OK\r\n$5\r\nhello\r\n$5\r\nhello\r\n", RunningServer.read(socket, 27));
        }
    }

    @Test
    void carriesLargeValuesBothWays() throws Exception {
        start();
        byte[] value = new byte[20_000_000];
        new Random(1).nextBytes(value);
        try (Socket socket = server.connect()) {
            Thread writer = new Thread(() -> {
                try {
                    socket.getOutputStream().write(("*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$" + value.length + "\r\n").getBytes());
                    socket.getOutputStream().write(value);
                    socket.getOutputStream().write("\r\nGET big\r\nGET big\r\nPING\r\n".getBytes());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            InputStream in = socket.getInputStream();
            assertEquals("+OK\r\n", RunningServer.read(socket, 5));
            for (int i = 0; i < 2; i++) {
                assertEquals("$" + value.length + "\r\n", RunningServer.read(socket, 11));
                assertTrue(Arrays.equals(value, in.readNBytes(value.length)));
                assertEquals("\r\n", RunningServer.read(socket, 2));
            }
            assertEquals("+PONG\r\n", RunningServer.read(socket, 7));
            writer.join();
        }
    }

    @Test
    void saysWhatIsWrongAndCloses() throws Exception {
        start();
        assertEquals("+PONG\r\n-ERR Protocol error: invalid multibulk length\r\n",
                server.exchange("PING\r\n*abc\r\nPING\r\n"));
        assertEquals("-ERR Protocol error: expected '$', got '+'\r\n", server.exchange("*1\r\n+PING\r\n"));
        assertEquals("-ERR Protocol error: unbalanced quotes in request\r\n", server.exchange("SET \"a\r\n"));
    }

    @Test
    void survivesNoise() throws Exception {
        start();
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            if (random.nextBoolean() && noise.length > 0) {
                noise[0] = '*';
            }
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write(noise);
                if (random.nextBoolean()) {
                    socket.shutdownOutput();
                }
            } catch (SocketException e) {
                // the server may have closed already
            }
        }
        assertEquals("+PONG\r\n", server.ask("PING\r\n", 7));
    }

    @Test
    void answersAPeerThatHasHalfClosed() throws Exception {
        start();
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write("PING\r\nPING\r\n".getBytes());
            socket.shutdownOutput();
            assertEquals("+PONG\r\n+PONG\r\n", new String(socket.getInputStream().readAllBytes()));
        }
    }

    @Test
    void announcedLengthsReserveNothing() throws Exception {
        start();
        long before = usedHeap();
        Socket[] sockets = new Socket[20];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = server.connect();
            sockets[i].getOutputStream().write("*2147483647\r\n$3\r\nSET\r\n$536870912\r\nabc".getBytes());
        }
        assertEquals("+PONG\r\n", server.ask("PING\r\n", 7));
        assertTrue(usedHeap() - before < 200 << 20);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void refusesMoreClientsThanAllowed() throws Exception {
        start("maxclients", "3");
        Socket[] sockets = {server.connect(), server.connect(), server.connect()};
        for (Socket socket : sockets) {
            socket.getOutputStream().write("PING\r\n".getBytes());
            assertEquals("+PONG\r\n", RunningServer.read(socket, 7));
        }
        assertEquals("-ERR max number of clients reached\r\n", server.exchange(""));
        sockets[0].close();
        for (int i = 0; i < 100; i++) {
            try {
                if (server.exchange("PING\r\nQUIT\r\n").startsWith("+PONG")) {
                    return;
                }
            } catch (SocketException e) {
                // refused and closed before the request was read
            }
            Thread.sleep(20);
        }
        assertFalse(true, "a place that became free is not given away");
    }

    @Test
    void cutsOffAPeerThatNeverReads() throws Exception {
        start("client-output-buffer-limit", "normal", "1mb", "0", "0");
        try (Socket socket = server.connect(); Socket other = server.connect()) {
            socket.getOutputStream().write(("*3\r\n$3\r\nSET\r\n$1\r\nv\r\n$100000\r\n" + "x".repeat(100_000) + "\r\n")
                    .getBytes());
            byte[] request = "GET v\r\n".repeat(50).getBytes();
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 1_000_000; i++) {
                    socket.getOutputStream().write(request);
                }
            });
            other.getOutputStream().write("PING\r\n".getBytes());
            assertEquals("+PONG\r\n", RunningServer.read(other, 7));
        }
    }

    @Test
    void closesIdleClients() throws Exception {
        start("timeout", "1");
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write("PING\r\n".getBytes());
            assertEquals("+PONG\r\n", new String(socket.getInputStream().readAllBytes()));
        }
    }

    @Test
    void asksForThePassword() throws Exception {
        start("requirepass", "secret");
        assertEquals("-NOAUTH Authentication required.\r\n-WRONGPASS invalid username-password pair or user is disabled.\r\n"
                + "+OK\r\n+PONG\r\n+OK\r\n", server.exchange("PING\r\nAUTH wrong\r\nAUTH secret\r\nPING\r\nQUIT\r\n"));
    }

    @Test
    void repliesOnlyWhereTheyAreWanted() throws Exception {
        start();
        assertEquals("+OK\r\n$1\r\n1\r\n+OK\r\n", server.exchange("CLIENT REPLY OFF\r\nPING\r\nSET a 1\r\nGET b c\r\n"
                + "CLIENT REPLY SKIP\r\nCLIENT REPLY ON\r\nGET a\r\nQUIT\r\n"));
        assertEquals("+PONG\r\n+OK\r\n", server.exchange("CLIENT REPLY SKIP\r\nPING\r\nPING\r\nQUIT\r\n"));
    }

    @Test
    void holdsCommandsDuringAPauseInOrder() throws Exception {
        start();
        try (Socket socket = server.connect()) {
            long begin = System.nanoTime();
            socket.getOutputStream().write("CLIENT PAUSE 300 WRITE\r\nGET p\r\nSET p 1\r\nGET p\r\n".getBytes());
            assertEquals("+OK\r\n$-1\r\n", RunningServer.read(socket, 10));
            assertEquals("+OK\r\n$1\r\n1\r\n", RunningServer.read(socket, 12));
            assertTrue(System.nanoTime() - begin > 250_000_000L);
        }
    }

    @Test
    void heldRepliesWaitForTheLog() throws Exception {
        start();
        try (var place = server.log().subscribe(new Late(), true); Socket writer = server.connect();
                Socket reader = server.connect()) {
            writer.getOutputStream().write("SET a 1\r\n".getBytes());
            writer.setSoTimeout(200);
            assertThrows(java.net.SocketTimeoutException.class, () -> writer.getInputStream().read());
            reader.getOutputStream().write("GET a\r\n".getBytes());
            reader.setSoTimeout(200);
            assertThrows(java.net.SocketTimeoutException.class, () -> reader.getInputStream().read());
            place.acknowledge(server.log().position());
            assertEquals("+OK\r\n", RunningServer.read(writer, 5));
            assertEquals("$1\r\n1\r\n", RunningServer.read(reader, 7));
        }
        assertEquals("+PONG\r\n", server.ask("PING\r\n", 7));
    }

    /** What waits for the log is bounded: a client that goes on sending is not read from, and goes on afterwards. */
    @Test
    void heldRepliesAreBounded() throws Exception {
        start();
        byte[] value = new byte[1 << 20];
        try (Socket writer = server.connect(); Socket reader = server.connect()) {
            writer.getOutputStream().write(("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + value.length + "\r\n").getBytes());
            writer.getOutputStream().write(value);
            writer.getOutputStream().write("\r\n".getBytes());
            assertEquals("+OK\r\n", RunningServer.read(writer, 5));
            var place = server.log().subscribe(new Late(), true);
            writer.getOutputStream().write("SET a 1\r\n".getBytes());
            int count = 300;
            reader.getOutputStream().write("GET k\r\n".repeat(count).getBytes());
            long held = 0;
            for (int i = 0; i < 40; i++) {
                Thread.sleep(50);
                held = server.outputBytes(reader.getLocalPort());
            }
            assertTrue(held > 32L << 20 && held < 80L << 20, held + " bytes");
            place.acknowledge(server.log().position());
            int length = 9 + 1 + value.length + 2;
            for (int i = 0; i < count; i++) {
                byte[] reply = reader.getInputStream().readNBytes(length);
                assertEquals(length, reply.length);
                assertEquals('$', reply[0]);
            }
            place.close();
        }
    }

    /** What others hear of a change waits as its own reply does, whatever loop they are on, in a transaction or not. */
    @Test
    void messagesWaitForTheLog() throws Exception {
        start("io-threads", "2");
        List<Socket> listeners = new ArrayList<>();
        try (Socket writer = server.connect()) {
            writer.getOutputStream().write("CONFIG SET notify-keyspace-events KA\r\n".getBytes());
            assertEquals("+OK\r\n", RunningServer.read(writer, 5));
            String confirmation = "*3\r\n$10\r\npsubscribe\r\n$1\r\n*\r\n:1\r\n";
            for (int i = 0; i < 4; i++) {
                Socket listener = server.connect();
                listener.setSoTimeout(100);
                listeners.add(listener);
                listener.getOutputStream().write("PSUBSCRIBE *\r\n".getBytes());
                assertEquals(confirmation, RunningServer.read(listener, confirmation.length()));
            }
            for (String request : List.of("SET a 1\r\n", "MULTI\r\nSET b 1\r\nPUBLISH c 1\r\nEXEC\r\n")) {
                try (var place = server.log().subscribe(new Late(), true)) {
                    writer.getOutputStream().write(request.getBytes());
                    for (Socket listener : listeners) {
                        assertThrows(java.net.SocketTimeoutException.class, () -> listener.getInputStream().read());
                    }
                    place.acknowledge(server.log().position());
                    for (Socket listener : listeners) {
                        assertTrue(RunningServer.read(listener, 20).startsWith("*4\r\n$8\r\npmessage"));
                        listener.getInputStream().readNBytes(listener.getInputStream().available());
                    }
                }
            }
        } finally {
            for (Socket listener : listeners) {
                listener.close();
            }
        }
    }


    @Test
    void listensElsewhereWithoutLosingConnections() throws Exception {
        start();
        try (Socket old = server.connect()) {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            old.getOutputStream().write(("CONFIG SET port " + port + "\r\n").getBytes());
            assertEquals("+OK\r\n", RunningServer.read(old, 5));
            try (Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port)) {
                fresh.getOutputStream().write("PING\r\n".getBytes());
                assertEquals("+PONG\r\n", RunningServer.read(fresh, 7));
            }
            assertThrows(IOException.class, () -> server.connect().close());
            old.getOutputStream().write("PING\r\n".getBytes());
            assertEquals("+PONG\r\n", RunningServer.read(old, 7));
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            IOException e = assertThrows(IOException.class,
                    () -> start("port", String.valueOf(taken.getLocalPort())));
            assertTrue(e.getMessage().startsWith("Cannot listen on 127.0.0.1 port " + taken.getLocalPort() + ": "),
                    e.getMessage());
        }
    }

    @Test
    void servesAUnixSocket(@TempDir Path directory) throws Exception {
        Path path = directory.resolve("s");
        start("unixsocket", path.toString());
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap("PING\r\n".getBytes()));
            ByteBuffer answer = ByteBuffer.allocate(7);
            while (answer.hasRemaining()) {
                channel.read(answer);
            }
            assertEquals("+PONG\r\n", new String(answer.array()));
        }
    }

    @Test
    void servesWithoutNativeCode(@TempDir Path directory) throws Exception {
        System.setProperty("releve.nio", "true");
        try {
            carriesLargeValuesBothWays();
            server.close();
            servesAUnixSocket(directory);
            server.close();
            heldRepliesWaitForTheLog();
            server.close();
            start("bind", "*", "-::*");
            for (String address : List.of("127.0.0.1", "::1")) {
                try (Socket socket = new Socket(address, server.port())) {
                    socket.getOutputStream().write("PING\r\n".getBytes());
                    assertEquals("+PONG\r\n", RunningServer.read(socket, 7));
                }
            }
        } finally {
            System.clearProperty("releve.nio");
        }
    }

    @Test
    void protectedModeKnowsItsNeighbours() throws Exception {
        for (String own : List.of("127.0.0.1", "127.8.9.10", "::1")) {
            admits(own, true, true);
        }
        for (String neighbour : List.of("192.168.0.51", "10.25.14.1", "172.16.0.1", "172.31.255.254", "100.64.0.1",
                "100.127.255.254", "169.254.1.1", "fd00::1", "fc00::1", "fe80::1", "::ffff:10.1.2.3")) {
            admits(neighbour, false, true);
        }
        for (String stranger : List.of("8.8.8.8", "172.15.0.1", "172.32.0.1", "192.167.0.1", "100.63.0.1", "100.128.0.1",
                "11.0.0.1", "169.253.0.1", "2001:db8::1", "fec0::1", "::ffff:8.8.8.8")) {
            admits(stranger, false, false);
        }
    }

    private static void admits(String address, boolean own, boolean neighbour) throws Exception {
        InetAddress peer = InetAddress.getByName(address);
        assertEquals(own, ProtectedMode.admits("yes", peer), address);
        assertEquals(neighbour, ProtectedMode.admits("private", peer), address);
        assertTrue(ProtectedMode.admits("no", peer));
    }

    /** The one that takes most goes first, whatever it has not finished. */
    @Test
    void clientsThatTakeMuchAreCutOff() throws Exception {
        start("maxmemory-clients", "1mb");
        try (Socket large = server.connect(); Socket small = server.connect()) {
            small.getOutputStream().write("*2\r\n$3\r\nGET\r\n$100\r\nx".getBytes(StandardCharsets.US_ASCII));
            large.getOutputStream().write("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$9000000\r\n".getBytes(StandardCharsets.US_ASCII));
            large.getOutputStream().write(new byte[2 << 20]);
            large.setSoTimeout(5000);
            try {
                assertEquals(-1, large.getInputStream().read());
            } catch (java.net.SocketException e) {
                // what it had sent was not read: the connection was reset
            }
            small.getOutputStream().write(("x".repeat(99) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertEquals("$-1\r\n", RunningServer.read(small, 5));
            assertTrue(server.exchange("INFO stats\r\nQUIT\r\n").contains("evicted_clients:1\r\n"));
        }
    }

    @Test
    void severalLoopsServeOneKeyspace() throws Exception {
        start("io-threads", "3");
        Thread[] threads = new Thread[6];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                try {
                    server.ask("INCR n\r\n".repeat(1000), 1);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int i = 0; i < 200 && !server.ask("GET n\r\n", 10).equals("$4\r\n6000\r\n"); i++) {
            Thread.sleep(20);
        }
        assertEquals("$4\r\n6000\r\n", server.ask("GET n\r\n", 10));
    }

    /** Acknowledged by hand. */
    private static final class Late implements Subscriber {
        @Override
        public String name() {
            return "late";
        }

        @Override
        public void entry(Entry entry) {
        }

        @Override
        public void flush(long position) {
        }
    }

    @Test
    void infoTellsWhereItListens() throws Exception {
        try (RunningServer server = new RunningServer()) {
            String info = server.exchange("INFO server\r\nQUIT\r\n");
            assertTrue(info.contains("\r\nlistener0:name=tcp,bind=127.0.0.1,port=" + server.port() + "\r\n"), info);
            assertTrue(info.contains("\r\nmultiplexing_api:"), info);
        }
    }
}
