package io.releve.distribution;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.Jedis;

/** Clients that write and read without pause while something is exchanged, and none of them may notice. */
final class SwapLoad {
    private static final int CLIENTS = 4;

    /** Something that changes the server. */
    interface Exchange {
        void run() throws Exception;
    }

    private SwapLoad() {
    }

    /** @return the longest time a client waited for a reply, ms */
    static long under(int port, Jedis jedis, String what, Exchange exchange) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<SwapClient> clients = new ArrayList<>();
        jedis.flushAll();
        for (int i = 0; i < CLIENTS; i++) {
            SwapClient client = new SwapClient(i, port, stop);
            client.start();
            clients.add(client);
        }
        try {
            Thread.sleep(200);
            exchange.run();
            Thread.sleep(200);
        } finally {
            stop.set(true);
            for (SwapClient client : clients) {
                client.join();
            }
        }
        long requests = 0;
        long longest = 0;
        for (SwapClient client : clients) {
            client.verify(jedis);
            requests += client.requests();
            longest = Math.max(longest, client.longestMilliseconds());
        }
        assertTrue(requests > 100, "the clients did not work");
        System.out.printf("%s: %,d requests of %d clients without an error, longest %d ms%n", what, requests, CLIENTS, longest);
        return longest;
    }
}
