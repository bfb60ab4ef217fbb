package io.releve.sentinel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.format.guard.Address;
import io.releve.sentinel.core.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links to peers that misbehave. */
class LinksTest {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final Link.Owner owner = new Link.Owner() {
        @Override
        public void connected() {
            heard.add("connected");
        }

        @Override
        public void closed(String reason) {
            heard.add("closed " + reason);
        }

        @Override
        public void message(String channel, String text) {
            heard.add("message " + channel + " " + text);
        }
    };
    private HostNames names;
    private Links links;
    private ServerSocket server;
    private Link link;

    @BeforeEach
    void open() throws IOException {
        names = new HostNames("test", this::find);
        links = new Links("test", names, () -> null);
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    private InetAddress find(String name) throws UnknownHostException {
        if (name.equals("hangs")) {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (name.equals("here")) {
            return InetAddress.getLoopbackAddress();
        }
        throw new UnknownHostException(name);
    }

    @AfterEach
    void close() throws IOException {
        hanging.countDown();
        links.close();
        names.close();
        server.close();
    }

    private void connect(String host, int port) throws Exception {
        links.loop().submit(() -> link = links.connect(new Address(host, port), owner)).get();
    }

    private String next() throws InterruptedException {
        String what = heard.poll(5, TimeUnit.SECONDS);
        assertNotNull(what, "nothing happened");
        return what;
    }

    /** A peer that accepts and says this. */
    private Socket peer(String says) throws Exception {
        connect("127.0.0.1", server.getLocalPort());
        Socket peer = server.accept();
        assertEquals("connected", next());
        links.loop().submit(() -> link.send(reply -> heard.add("reply " + reply), "PING")).get();
        peer.getOutputStream().write(says.getBytes(StandardCharsets.UTF_8));
        return peer;
    }

    private void threadIsAlive() throws Exception {
        assertEquals(1, links.loop().submit(() -> 1).get(5, TimeUnit.SECONDS));
    }

    @Test
    void repliesInOrder() throws Exception {
        try (Socket peer = peer("+PONG\r\n")) {
            assertEquals("reply PONG", next());
            byte[] request = new byte[14];
            assertEquals(14, peer.getInputStream().readNBytes(request, 0, 14));
            assertEquals("*1\r\n$4\r\nPING\r\n", new String(request, StandardCharsets.UTF_8));
        }
        assertTrue(next().startsWith("closed"));
    }

    @Test
    void garbageClosesTheLink() throws Exception {
        for (String garbage : new String[] {"SSH-2.0-OpenSSH\r\n", "+PONG\r\n+ANOTHER\r\n", "*1\r\n".repeat(100), "$99999999\r\n",
            "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nt\r\n+unasked\r\n"}) {
            try (Socket peer = peer(garbage)) {
                String what = next();
                if (what.startsWith("reply")) {
                    what = next();
                }
                assertTrue(what.startsWith("closed"), what);
                assertEquals(-1, peer.getInputStream().skip(14) < 0 ? 0 : peer.getInputStream().read());
            }
            threadIsAlive();
        }
    }

    @Test
    void anAnswerThatCannotBeWorkedOn() throws Exception {
        connect("127.0.0.1", server.getLocalPort());
        try (Socket peer = server.accept()) {
            assertEquals("connected", next());
            links.loop().submit(() -> link.send(reply -> {
                throw new IllegalStateException("on purpose");
            }, "PING")).get();
            peer.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.UTF_8));
            assertTrue(next().startsWith("closed"));
        }
        threadIsAlive();
    }

    @Test
    void messages() throws Exception {
        connect("127.0.0.1", server.getLocalPort());
        try (Socket peer = server.accept()) {
            assertEquals("connected", next());
            links.loop().submit(() -> link.send(reply -> heard.add("reply " + reply), "SUBSCRIBE", "c")).get();
            peer.getOutputStream().write(("*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nhi\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            assertEquals("reply [subscribe, c, 1]", next());
            assertEquals("message c hi", next());
        }
    }

    @Test
    void aClosedLinkSaysNothing() throws Exception {
        try (Socket peer = peer("")) {
            links.loop().submit(() -> link.close()).get();
            peer.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.UTF_8));
            Thread.sleep(200);
            assertTrue(heard.isEmpty(), heard.toString());
        }
    }

    @Test
    void nobodyListens() throws Exception {
        int port = server.getLocalPort();
        server.close();
        connect("127.0.0.1", port);
        assertTrue(next().startsWith("closed"));
    }

    @Test
    void names() throws Exception {
        connect("here", server.getLocalPort());
        assertEquals("connected", next());
        connect("nowhere", server.getLocalPort());
        assertEquals("closed the name nowhere cannot be resolved", next());
    }

    /** It may be looked up, which takes time, so that happens elsewhere. */
    @Test
    void whatOnlyLooksLikeAnAddressIsAName() throws Exception {
        connect("127.0.0.999", server.getLocalPort());
        assertEquals("closed the name 127.0.0.999 cannot be resolved", next());
        connect("::g", server.getLocalPort());
        assertEquals("closed the name ::g cannot be resolved", next());
        for (String address : new String[] {"127.0.0.1", "::1", "fe80::1%lo", "::ffff:10.0.0.1"}) {
            assertTrue(HostNames.isLiteral(address), address);
        }
    }

    @Test
    void aNameThatIsNotResolvedStopsNobody() throws Exception {
        connect("hangs", server.getLocalPort());
        connect("hangs", server.getLocalPort());
        connect("here", server.getLocalPort());
        assertEquals("connected", next());
        threadIsAlive();
    }
}
