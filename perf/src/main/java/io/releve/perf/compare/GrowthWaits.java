package io.releve.perf.compare;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * How long a client waits for PING while another one fills a collection by insertions of single elements: whatever a
 * collection does as it grows, from its first element and its change of encoding on, shows in the longest wait.
 */
final class GrowthWaits {
    /** Insertions sent at once. */
    private static final int AHEAD = 16;

    private static final Map<String, IntFunction<List<String>>> INSERTIONS = new LinkedHashMap<>();

    static {
        INSERTIONS.put("HSET", i -> List.of("HSET", "grown", CollectionLoader.element(i), "v" + i));
        INSERTIONS.put("SADD", i -> List.of("SADD", "grown", CollectionLoader.element(i)));
        INSERTIONS.put("ZADD", i -> List.of("ZADD", "grown", Long.toString(i * 7_919L % 1_000_003),
                CollectionLoader.element(i)));
        INSERTIONS.put("RPUSH", i -> List.of("RPUSH", "grown", CollectionLoader.element(i)));
        INSERTIONS.put("XADD", i -> List.of("XADD", "grown", "*", "field", "v" + i));
    }

    private GrowthWaits() {
    }

    /** Receives what was measured. */
    @FunctionalInterface
    interface Figures {
        void note(String name, double value);
    }

    /** Fills one collection after the other with {@code size} elements. */
    static void measure(Server server, int size, Figures figures) throws IOException {
        for (Map.Entry<String, IntFunction<List<String>>> insertion : INSERTIONS.entrySet()) {
            figures.note("longest wait: " + insertion.getKey() + " of new elements, ms",
                    longestWait(server, insertion.getValue(), size));
        }
    }

    private static double longestWait(Server server, IntFunction<List<String>> insertion, int size)
            throws IOException {
        ExecutorService filler = Executors.newSingleThreadExecutor();
        try (Client busy = server.connect(); Client other = server.connect()) {
            busy.call("DEL", "grown");
            Future<?> filling = filler.submit(() -> {
                fill(busy, insertion, size);
                return null;
            });
            double longest = 0;
            while (!filling.isDone()) {
                long begin = System.nanoTime();
                other.call("PING");
                longest = Math.max(longest, (System.nanoTime() - begin) / 1e6);
            }
            filling.get();
            return longest;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            filler.shutdownNow();
        }
    }

    private static void fill(Client client, IntFunction<List<String>> insertion, int size) throws IOException {
        for (int i = 0; i < size; i += AHEAD) {
            int sent = Math.min(AHEAD, size - i);
            ByteArrayOutputStream requests = new ByteArrayOutputStream();
            for (int k = i; k < i + sent; k++) {
                requests.writeBytes(Client.encode(insertion.apply(k)));
            }
            client.send(requests.toByteArray(), requests.size());
            for (int k = 0; k < sent; k++) {
                client.skip();
            }
        }
    }
}
