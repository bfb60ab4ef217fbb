package io.releve.sentinel.net;

import io.netty.channel.EventLoop;
import io.releve.security.Tls;
import io.releve.sentinel.core.Doctor;
import io.releve.sentinel.core.Event;
import io.releve.sentinel.core.Overview;
import io.releve.sentinel.core.Sentinel;
import io.releve.sentinel.core.SentinelConfig;
import io.releve.sentinel.core.Timing;
import io.releve.sentinel.scripts.ScriptQueue;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sentinel with its thread. It begins once others can reach it; whoever asks it something before waits for that. */
public final class RunningSentinel {
    private static final Logger LOG = LoggerFactory.getLogger(RunningSentinel.class);
    private static final int TICK_MS = 50;
    private static final int JITTER_MS = 50;
    private static final long PATIENCE_SECONDS = 10;
    private static final long FAREWELL_MS = 300;

    /** What it is asked on its thread. */
    public record Parts(Sentinel sentinel, SentinelConfig config, Overview overview, Doctor doctor, ScriptQueue scripts, Consumer<Event> events) {
        public void tell(Event event) {
            events.accept(event);
        }
    }

    /** What INFO and ROLE show of it without asking it. */
    public record Shown(Overview.Summary summary, int runningScripts, int scripts) {
    }

    private final String instance;
    private final SentinelConfig config;
    private final HostNames names;
    private final Links links;
    private final EventLoop loop;
    private final SentinelWorld world;
    private ScriptQueue scripts;
    private final CompletableFuture<Parts> parts = new CompletableFuture<>();
    private volatile Shown shown = new Shown(new Overview.Summary(List.of(), -1, Set.of()), 0, 0);
    private volatile boolean closing;
    private String lastFailure = "";

    /**
     * @param bound addresses it listens on, as the directive {@code bind} has them
     * @param messages take channel and text of what is told to subscribers, on its thread
     * @param encryption of the links it makes
     */
    public RunningSentinel(String instance, SentinelConfig config, SentinelConfig.Store store, List<String> bound, int port,
            BiConsumer<String, String> messages, Tls.Links encryption) {
        this.instance = instance;
        this.config = config;
        names = new HostNames(instance, InetAddress::getByName);
        links = new Links(instance, names, encryption);
        loop = links.loop();
        world = new SentinelWorld(config, store, links, new Machine(config, bound), port, messages, command -> scripts.add(command));
    }

    /** Begins to watch; once only. */
    public void start() {
        loop.execute(() -> {
            if (closing || parts.isDone()) {
                return;
            }
            Timing[] timing = new Timing[1];
            scripts = new ScriptQueue(instance, () -> timing[0], world::now, loop, world::event);
            Sentinel sentinel = new Sentinel(world, config);
            timing[0] = sentinel.timing();
            parts.complete(new Parts(sentinel, config, new Overview(sentinel), new Doctor(sentinel), scripts, world::event));
            tick();
        });
    }

    private void tick() {
        if (closing) {
            return;
        }
        loop.schedule(this::tick, TICK_MS + ThreadLocalRandom.current().nextInt(JITTER_MS + 1), TimeUnit.MILLISECONDS);
        Parts all = parts.join();
        try {
            all.sentinel.tick();
            all.scripts.tick();
            show(all);
        } catch (RuntimeException e) {
            if (!e.toString().equals(lastFailure)) {
                lastFailure = e.toString();
                LOG.error("A step of the sentinel failed", e);
            }
        }
    }

    private void show(Parts all) {
        shown = new Shown(all.overview.summary(), all.scripts.running(), all.scripts.size());
    }

    /** Any thread. */
    public Shown shown() {
        return shown;
    }

    /**
     * Has something done on the sentinel's thread and waits for it; from any other thread.
     *
     * @throws RuntimeException what it threw
     * @throws TimeoutException when the sentinel is not to be had in time
     */
    public <T> T ask(Function<Parts, T> question) throws TimeoutException, InterruptedException {
        CompletableFuture<T> answer = parts.thenApplyAsync(all -> {
            T result = question.apply(all);
            show(all);
            return result;
        }, loop);
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Tells the other sentinels, waits a moment for them to hear it, and closes all links. */
    public void stop() {
        CountDownLatch told = new CountDownLatch(1);
        loop.execute(() -> {
            if (parts.isDone()) {
                int[] left = new int[1];
                left[0] = parts.join().sentinel.leave(() -> {
                    if (--left[0] == 0) {
                        told.countDown();
                    }
                });
                if (left[0] == 0) {
                    told.countDown();
                }
            } else {
                told.countDown();
            }
        });
        CountDownLatch closed = new CountDownLatch(1);
        try {
            told.await(FAREWELL_MS, TimeUnit.MILLISECONDS);
            loop.execute(() -> {
                closing = true;
                if (parts.isDone()) {
                    parts.join().sentinel.close();
                    scripts.close();
                }
                closed.countDown();
            });
            closed.await(FAREWELL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        names.close();
        links.close();
    }
}
