package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.KeyEvent;
import io.releve.keyspace.Database;
import io.releve.keyspace.Value;
import java.util.random.RandomGenerator;

/**
 * Keeps used memory below {@code maxmemory} with the eight policies of redis.io, "Key eviction". LRU and LFU are
 * approximated as there: some keys are sampled, and the best candidates of earlier rounds are remembered in a pool.
 */
final class Eviction {
    /** What came of it. */
    enum Outcome {
        ENOUGH, UNFINISHED, FAILED
    }

    private static final int POOL = 16;
    /** Keys evicted between two looks at the clock. */
    private static final int STRIDE = 16;

    private final RedisEngine engine;
    private final RandomGenerator random;
    private final Candidate[] pool = new Candidate[POOL];
    private int pooled;
    private final Bytes key = new Bytes();
    private final Bytes verb = new Bytes(new byte[] {'D', 'E', 'L'});
    private volatile long limit;
    private volatile int samples = 5;
    private volatile long tenacity = 10;
    private volatile boolean allKeys;
    private volatile boolean evicts;
    private volatile boolean ranks;
    private volatile boolean byTtl;
    private int nextDatabase;

    private record Candidate(int database, Bytes key, long worthlessness) {
    }

    Eviction(RedisEngine engine, RandomGenerator random) {
        this.engine = engine;
        this.random = random;
    }

    void limit(long bytes) {
        limit = bytes;
    }

    void samples(long count) {
        samples = (int) count;
    }

    void tenacity(long value) {
        tenacity = value;
    }

    void policy(String name) {
        evicts = !name.equals("noeviction");
        allKeys = name.startsWith("allkeys-");
        ranks = name.endsWith("-lru") || name.endsWith("-lfu");
        byTtl = name.endsWith("-ttl");
        pooled = 0;
    }

    /** Whether there is a limit at all. */
    boolean limited() {
        return limit > 0;
    }

    /** Whether more is used than allowed. */
    boolean exceeded() {
        return limit > 0 && engine.usedMemory() > limit;
    }

    /** Evicts keys until enough memory is free or the time for one go is over. */
    Outcome makeRoom() {
        if (!exceeded()) {
            return Outcome.ENOUGH;
        }
        if (!evicts) {
            return Outcome.FAILED;
        }
        long start = engine.clock().nanoTime();
        Outcome outcome = makeRoom(start + timeLimit());
        engine.observation().events().took("eviction-cycle", engine.clock().nanoTime() - start);
        return outcome;
    }

    private Outcome makeRoom(long deadline) {
        for (int evicted = 0; exceeded();) {
            if (!evictOne()) {
                engine.reclaim();
                return exceeded() ? Outcome.FAILED : Outcome.ENOUGH;
            }
            if (++evicted % STRIDE == 0 && engine.clock().nanoTime() > deadline) {
                return Outcome.UNFINISHED;
            }
        }
        return Outcome.ENOUGH;
    }

    /** Nanoseconds one go may take: 500 µs at the default tenacity of 10, without limit at 100. */
    private long timeLimit() {
        if (tenacity >= 100) {
            return Long.MAX_VALUE / 2;
        }
        double microseconds = tenacity <= 10 ? 50.0 * tenacity : 500.0 * Math.pow(1.15, tenacity - 10);
        return (long) (microseconds * 1000);
    }

    private boolean evictOne() {
        return ranks ? evictRanked() : byTtl ? evictSoonest() : evictRandom();
    }

    private boolean evictRandom() {
        for (int i = 0; i < engine.databases(); i++) {
            Database database = engine.databaseInUse(nextDatabase);
            nextDatabase = (nextDatabase + 1) % engine.databases();
            if (database != null && pick(database)) {
                remove(database, key);
                return true;
            }
        }
        return false;
    }

    private boolean evictSoonest() {
        Database best = null;
        long soonest = Long.MAX_VALUE;
        for (int i = 0; i < engine.databases(); i++) {
            Database database = engine.databaseInUse(i);
            long next = database == null ? Value.NEVER : database.nextExpiry();
            if (next != Value.NEVER && next < soonest) {
                best = database;
                soonest = next;
            }
        }
        if (best == null || !best.firstExpired(Long.MAX_VALUE, key)) {
            return false;
        }
        remove(best, key);
        return true;
    }

    private boolean evictRanked() {
        for (int attempt = 0; attempt < 4; attempt++) {
            boolean any = false;
            for (int i = 0; i < engine.databases(); i++) {
                Database database = engine.databaseInUse(i);
                if (database != null) {
                    any |= sample(i, database);
                }
            }
            while (pooled > 0) {
                Candidate best = pool[--pooled];
                Database database = engine.databaseInUse(best.database());
                if (database != null) {
                    Value value = database.find(best.key());
                    if (value != null && (allKeys || value.expireAt() != Value.NEVER)) {
                        remove(database, best.key());
                        return true;
                    }
                }
            }
            if (!any) {
                return false;
            }
        }
        return false;
    }

    private boolean sample(int index, Database database) {
        boolean any = false;
        for (int i = 0; i < samples && pick(database); i++) {
            any = true;
            Value value = database.find(key);
            if (value != null) {
                offer(index, engine.accessClocks().worthlessness(value.access()));
            }
        }
        return any;
    }

    /** Keeps the pool in ascending order; the last is the best to go. */
    private void offer(int database, long worthlessness) {
        for (int i = 0; i < pooled; i++) {
            if (pool[i].database() == database && pool[i].key().equals(key)) {
                return;
            }
        }
        int at = pooled;
        while (at > 0 && pool[at - 1].worthlessness() > worthlessness) {
            at--;
        }
        if (pooled == POOL) {
            if (at == 0) {
                return;
            }
            System.arraycopy(pool, 1, pool, 0, --at);
        } else {
            System.arraycopy(pool, at, pool, at + 1, pooled++ - at);
        }
        pool[at] = new Candidate(database, key.copy(), worthlessness);
    }

    private boolean pick(Database database) {
        return allKeys ? database.randomKey(random, key) : database.randomVolatileKey(random, key);
    }

    private void remove(Database database, Bytes evicted) {
        if (engine.log().active()) {
            engine.append(database.index(), 0, Arguments.of(verb, evicted.copy()));
        }
        LatencyEvents events = engine.observation().events();
        long start = events.on() ? engine.clock().nanoTime() : 0;
        database.remove(evicted);
        if (start != 0) {
            events.took("eviction-del", engine.clock().nanoTime() - start);
        }
        engine.statistics().evictedKeys++;
        if (engine.signals().attention() != 0) {
            engine.signals().event(database, evicted, KeyEvent.EVICTED, "evicted");
            engine.signals().changed(database, evicted);
        }
    }
}
