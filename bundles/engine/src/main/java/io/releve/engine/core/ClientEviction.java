package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.config.Directive;
import io.releve.engine.Session;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what clients have sent and not read below {@code maxmemory-clients}: the largest clients are cut off first (redis.io,
 * Client eviction). Looked at with the periodic work; a single client's growth in between is bounded by its own limits.
 */
final class ClientEviction {
    private static final Logger LOG = LoggerFactory.getLogger(ClientEviction.class);

    /**
     * How much all clients may take together.
     *
     * @param bytes 0 for as much as they like, or as {@code percent} says
     * @param percent of {@code maxmemory}
     */
    record Limit(long bytes, long percent) {
        long bytes(long maxMemory) {
            return percent > 0 ? (long) (maxMemory / 100.0 * percent) : bytes;
        }
    }

    /** A number of bytes, or a percentage. */
    static final class Format implements Directive.Format<Limit> {
        private static final Directive<Long> BYTES = Directive.memory("maxmemory-clients", 0, 0, Long.MAX_VALUE);

        @Override
        public Limit parse(List<String> words) {
            String word = String.join(" ", words);
            try {
                if (word.endsWith("%")) {
                    Bytes number = Bytes.of(word.substring(0, word.length() - 1));
                    if (!Numbers.isInteger(number) || Numbers.integer(number) < 0 || Numbers.integer(number) > 100) {
                        throw new IllegalArgumentException("argument must be a percentage of at most 100%");
                    }
                    return new Limit(0, Numbers.integer(number));
                }
                return new Limit(BYTES.format().parse(words), 0);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("argument must be a memory or percent value", e);
            }
        }

        @Override
        public String show(Limit limit) {
            return limit.percent() > 0 ? limit.percent() + "%" : String.valueOf(limit.bytes());
        }
    }

    private final RedisEngine engine;
    private volatile Limit limit = new Limit(0, 0);

    ClientEviction(RedisEngine engine) {
        this.engine = engine;
    }

    void limit(Limit newLimit) {
        limit = newLimit;
    }

    /** Cuts off clients until the others take no more than they may. */
    void tick() {
        long most = limit.bytes(engine.settings().get(EngineDirectives.MAXMEMORY));
        if (most <= 0) {
            return;
        }
        long sum = 0;
        for (Session session : engine.sessions().all()) {
            sum += counts(session) ? session.memory() : 0;
        }
        while (sum > most) {
            Session largest = largest();
            if (largest == null) {
                return;
            }
            long memory = largest.memory();
            LOG.info("Evicting client {} ({} bytes), to keep clients below maxmemory-clients",
                    largest.connection().remoteAddress(), memory);
            largest.closeAfterReplies();
            largest.connection().close(false);
            engine.statistics().evictedClients++;
            sum -= memory;
        }
    }

    /** Those who asked not to be evicted count, as in Redis, and are not. */
    private Session largest() {
        Session largest = null;
        for (Session session : engine.sessions().all()) {
            if (counts(session) && !session.noEvict() && session.memory() > 0
                    && (largest == null || session.memory() > largest.memory())) {
                largest = session;
            }
        }
        return largest;
    }

    private static boolean counts(Session session) {
        return !session.closing() && !session.replica() && !session.master();
    }
}
