package io.releve.perf.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes many keys over one connection, a thousand requests at a time. */
final class Loader implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final Client client;
    private final String value;

    /** @param valueLength bytes of each value */
    Loader(int port, int valueLength) throws IOException {
        client = new Client(port);
        value = "v".repeat(valueLength);
    }

    /** Sets the keys with the numbers {@code from} (inclusive) to {@code to}; the names have 16 or 17 bytes. */
    void load(String prefix, int from, int to) throws IOException {
        String key = key(prefix, 0);
        byte[] request = Client.encode(List.of("SET", key, value));
        int digits = new String(request, StandardCharsets.US_ASCII).indexOf(key) + prefix.length();
        byte[] batch = new byte[request.length * BATCH];
        for (int first = from; first < to; first += BATCH) {
            int count = Math.min(BATCH, to - first);
            for (int i = 0; i < count; i++) {
                for (int at = digits + key.length() - prefix.length() - 1, rest = first + i; rest > 0; rest /= 10) {
                    request[at--] = (byte) ('0' + rest % 10);
                }
                System.arraycopy(request, 0, batch, i * request.length, request.length);
                Arrays.fill(request, digits, digits + key.length() - prefix.length(), (byte) '0');
            }
            client.send(batch, count * request.length);
            for (int i = 0; i < count; i++) {
                client.read();
            }
        }
    }

    /** The name of a key: the number in twelve digits. */
    static String key(String prefix, int number) {
        return prefix + String.format("%012d", number);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
