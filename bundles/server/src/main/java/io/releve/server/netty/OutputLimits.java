package io.releve.server.netty;

import io.releve.config.Directive;
import io.releve.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code client-output-buffer-limit}: how much may wait for a client of each class before it is cut off. */
final class OutputLimits {
    static final OutputLimits DEFAULT = new OutputLimits(Map.of(
            "normal", new Limit(0, 0, 0),
            "slave", new Limit(256L << 20, 64L << 20, 60),
            "pubsub", new Limit(32L << 20, 8L << 20, 60)));

    /**
     * The most a client may leave unread whatever its class, so that one that never reads cannot take all memory: twice
     * the longest string. Ours; Redis has no such limit.
     */
    static final long CEILING = 1L << 30;

    static final Directive.Format<OutputLimits> FORMAT = new Directive.Format<>() {
        @Override
        public OutputLimits parse(List<String> words) {
            return OutputLimits.parse(words);
        }

        @Override
        public String show(OutputLimits value) {
            List<String> parts = new ArrayList<>();
            for (String name : List.of("normal", "slave", "pubsub")) {
                Limit limit = value.byClass.get(name);
                parts.add(name + " " + limit.hard() + " " + limit.soft() + " " + limit.softSeconds());
            }
            return String.join(" ", parts);
        }
    };

    private final Map<String, Limit> byClass;
    private final Limit normal;
    private final Limit pubsub;
    private final Limit replica;
    /** Monitors are normal clients, as in Redis; but where those have no limits, they have those of replicas. */
    private final Limit monitor;

    /** @param byClass limits of {@code normal}, {@code slave} and {@code pubsub} clients */
    private OutputLimits(Map<String, Limit> byClass) {
        this.byClass = byClass;
        normal = byClass.get("normal");
        pubsub = byClass.get("pubsub");
        replica = byClass.get("slave");
        monitor = normal.hard() > 0 || normal.soft() > 0 ? normal : byClass.get("slave");
    }

    /**
     * Limits of one class.
     *
     * @param hard bytes, 0 for none
     * @param soft bytes that may be exceeded for a while, 0 for none
     * @param softSeconds how long
     */
    record Limit(long hard, long soft, long softSeconds) {
    }

    /** The limit of a client. */
    Limit of(Session session) {
        return session.replica() ? replica : session.subscribed() ? pubsub : session.monitoring() ? monitor : normal;
    }

    private static OutputLimits parse(List<String> words) {
        if (words.isEmpty() || words.size() % 4 != 0) {
            throw new IllegalArgumentException("Wrong number of arguments in buffer limit configuration.");
        }
        Map<String, Limit> limits = new TreeMap<>(DEFAULT.byClass);
        Directive.Format<Long> bytes = Directive.memory("limit", 0, 0, Long.MAX_VALUE).format();
        for (int i = 0; i < words.size(); i += 4) {
            String name = words.get(i).toLowerCase(Locale.ROOT).replace("replica", "slave");
            if (!limits.containsKey(name)) {
                throw new IllegalArgumentException("Invalid client class specified in buffer limit configuration.");
            }
            try {
                limits.put(name, new Limit(bytes.parse(List.of(words.get(i + 1))),
                        bytes.parse(List.of(words.get(i + 2))), Long.parseLong(words.get(i + 3))));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "Error in hard, soft or soft_seconds setting in buffer limit configuration.");
            }
        }
        return new OutputLimits(limits);
    }
}
