package io.releve.contracts.differential;

import io.releve.contracts.Oracle;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that send random requests of all groups to one server, transactions among them, until they are stopped: what else is
 * compared happens meanwhile.
 */
public final class RandomLoad implements AutoCloseable {
    private static final int DATABASES = 3;

    private final AtomicBoolean on = new AtomicBoolean(true);
    private final AtomicLong requests = new AtomicLong();
    private final List<Thread> threads;
    private volatile RuntimeException failure;

    /**
     * Begins.
     *
     * @param docs a server that answers COMMAND DOCS
     * @param port where the requests go
     * @param other a server whose commands are used alone
     */
    public RandomLoad(Oracle docs, int port, Oracle other, long seed, int clients) {
        List<RequestGenerator> generators = new Random(seed).longs(clients).mapToObj(
                each -> new RequestGenerator(docs, other, new Random(each))).toList();
        threads = generators.stream().map(generator -> new Thread(() -> run(generator, port, new Random(seed)), "load")).toList();
        threads.forEach(Thread::start);
    }

    private void run(RequestGenerator generator, int port, Random random) {
        try (Oracle client = Oracle.at(port)) {
            while (on.get()) {
                if (random.nextInt(50) == 0) {
                    client.run("SELECT", Integer.toString(random.nextInt(DATABASES)));
                }
                boolean transaction = random.nextInt(10) == 0;
                if (transaction) {
                    client.run("MULTI");
                }
                for (int i = 0; i < (transaction ? 5 : 1); i++) {
                    List<String> request = generator.next();
                    if (!Differences.unsuitable(request)) {
                        client.run(request.toArray(String[]::new));
                        requests.incrementAndGet();
                    }
                }
                if (transaction) {
                    client.run("EXEC");
                }
            }
        } catch (java.io.IOException e) {
            failure = new IllegalStateException(e);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Requests sent so far. */
    public long requests() {
        return requests.get();
    }

    /** Ends it; fails when a client could not go on. */
    @Override
    public void close() {
        on.set(false);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
