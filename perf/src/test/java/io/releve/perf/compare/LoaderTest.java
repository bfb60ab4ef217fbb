package io.releve.perf.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoaderTest {
    @Test
    void sendsEveryKeyOnce() throws IOException {
        try (AnsweringServer server = new AnsweringServer(); Loader loader = new Loader(server.port(), 8)) {
            loader.load("key:", 500, 3_250);
            assertEquals(2_750, server.writes.get());
        }
    }

    @Test
    void writesNumbersAsTwelveDigits() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Loader loader = new Loader(listener.getLocalPort(), 3); Socket socket = listener.accept()) {
            byte[] expected = new byte[0];
            for (int number : new int[] {1_099, 1_100, 1_101}) {
                byte[] request = Client.encode(List.of("SET", Loader.key("key:", number), "vvv"));
                byte[] joined = Arrays.copyOf(expected, expected.length + request.length);
                System.arraycopy(request, 0, joined, expected.length, request.length);
                expected = joined;
            }
            int length = expected.length;
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> read(socket, length));
            loader.load("key:", 1_099, 1_102);
            assertArrayEquals(expected, received.join());
        }
    }

    private static byte[] read(Socket socket, int length) {
        try {
            InputStream in = socket.getInputStream();
            byte[] bytes = in.readNBytes(length);
            socket.getOutputStream().write("+OK\r\n+OK\r\n+OK\r\n".getBytes(StandardCharsets.US_ASCII));
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
