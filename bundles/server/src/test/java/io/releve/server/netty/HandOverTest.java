package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One listener leaves its sockets to another while clients connect. */
@Timeout(60)
class HandOverTest {
    private static final int TIMES = Integer.getInteger("releve.handovers", 20);

    @TempDir
    Path directory;

    private static void ping(Socket socket) throws IOException {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        assertEquals("+PONG\r\n", RunningServer.read(socket, 7));
    }

    /** Connects again and again, for one request each. */
    private static Thread connecting(int port, AtomicBoolean stop, AtomicInteger connected, List<Throwable> failures) {
        Thread thread = new Thread(() -> {
            while (!stop.get()) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setSoTimeout(10_000);
                    ping(socket);
                    connected.incrementAndGet();
                    // no state of a closed connection is left behind: the ports of this machine are few
                    socket.setSoLinger(true, 0);
                } catch (IOException | AssertionError e) {
                    failures.add(e);
                    return;
                }
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void nobodyIsRefusedAndConnectionsStay() throws Exception {
        try (RunningServer running = new RunningServer()) {
            NettyServer second = running.another();
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger connected = new AtomicInteger();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            List<Socket> kept = new ArrayList<>();
            long longest = 0;
            try {
                for (int i = 0; i < 3; i++) {
                    threads.add(connecting(running.port(), stop, connected, failures));
                }
                for (int i = 0; i < TIMES; i++) {
                    NettyServer from = i % 2 == 0 ? running.server() : second;
                    NettyServer to = i % 2 == 0 ? second : running.server();
                    int before = connected.get();
                    while (connected.get() == before && failures.isEmpty()) {
                        Thread.onSpinWait();
                    }
                    longest = Math.max(longest, from.handOver(to::open));
                    assertEquals(List.of(), from.addresses());
                    assertEquals(List.of("127.0.0.1:" + running.port()), to.addresses());
                    Socket socket = running.connect();
                    kept.add(socket);
                    ping(socket);
                }
                stop.set(true);
                for (Thread thread : threads) {
                    thread.join();
                }
                assertEquals(List.of(), failures);
                for (Socket socket : kept) {
                    ping(socket);
                }
                assertEquals(TIMES, running.server().connections() + second.connections());
                assertTrue(second.connections() >= TIMES / 2, "who accepts does not serve");
                System.out.printf("%,d connections during %d hand-overs, none refused, longest %d us without accepting%n",
                        connected.get(), TIMES, longest / 1000);
            } finally {
                stop.set(true);
                for (Socket socket : kept) {
                    socket.close();
                }
                second.close();
            }
        }
    }

    @Test
    void anAddressInUseIsRefusedAsEver() throws Exception {
        try (RunningServer running = new RunningServer()) {
            NettyServer second = running.another();
            try {
                assertTrue(assertThrows(IOException.class, () -> second.open(List.of())).getMessage().contains("in use"));
            } finally {
                second.close();
            }
        }
    }

    @Test
    void goesOnWhenTheOtherCannot() throws Exception {
        try (RunningServer running = new RunningServer()) {
            IOException refused = assertThrows(IOException.class, () -> running.server().handOver(sockets -> {
                assertEquals(1, sockets.size());
                throw new IOException("I cannot");
            }));
            assertEquals("I cannot", refused.getMessage());
            try (Socket socket = running.connect()) {
                ping(socket);
            }
        }
    }

    @Test
    void aUnixSocketGoesAlongAndIsRemovedByItsLastOwner() throws Exception {
        Path path = directory.resolve("s");
        NettyServer second;
        try (RunningServer running = new RunningServer("unixsocket", path.toString())) {
            second = running.another();
            running.server().handOver(second::open);
            try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                socket.connect(UnixDomainSocketAddress.of(path));
                socket.write(ByteBuffer.wrap("PING\r\n".getBytes(StandardCharsets.US_ASCII)));
                ByteBuffer reply = ByteBuffer.allocate(7);
                while (reply.hasRemaining() && socket.read(reply) >= 0) {
                    // more to come
                }
                assertEquals("+PONG\r\n", new String(reply.array(), StandardCharsets.US_ASCII));
            }
        }
        assertTrue(Files.exists(path));
        second.close();
        assertFalse(Files.exists(path));
    }
}
