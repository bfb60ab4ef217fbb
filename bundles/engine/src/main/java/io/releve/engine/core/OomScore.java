package io.releve.engine.core;

import io.releve.config.Directive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Linux how soon this process is to be killed when memory is short (redis.conf, {@code oom-score-adj}). */
final class OomScore {
    private static final Logger LOG = LoggerFactory.getLogger(OomScore.class);
    private static final Path FILE = Path.of("/proc/self/oom_score_adj");
    private static final int MOST = 1000;

    /** Three numbers. */
    static final class Values implements Directive.Format<List<Long>> {
        private static final int COUNT = 3;
        private static final String WRONG = "Invalid oom-score-adj-values, elements must be between -2000 and 2000.";

        @Override
        public List<Long> parse(List<String> words) {
            List<Long> values = new ArrayList<>();
            for (String word : String.join(" ", words).strip().split(" +")) {
                try {
                    values.add(Long.parseLong(word));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(WRONG, e);
                }
            }
            if (values.size() != COUNT) {
                throw new IllegalArgumentException("wrong number of arguments");
            }
            if (values.stream().anyMatch(value -> value < -2 * MOST || value > 2 * MOST)) {
                throw new IllegalArgumentException(WRONG);
            }
            return values;
        }

        @Override
        public String show(List<Long> values) {
            return values.get(0) + " " + values.get(1) + " " + values.get(2);
        }
    }

    private final RedisEngine engine;
    /** What the process was started with; null as long as nothing was changed. */
    private Long before;
    private long written;

    OomScore(RedisEngine engine) {
        this.engine = engine;
    }

    /** Now and then: the role may have changed, or the settings. */
    void tick() {
        String how = engine.settings().get(EngineDirectives.OOM_SCORE);
        if (how.equals("no") && before == null) {
            return;
        }
        try {
            if (before == null) {
                before = Long.parseLong(Files.readString(FILE).strip());
                written = before;
            }
            long score = score(how);
            if (score != written) {
                written = score;
                Files.writeString(FILE, Long.toString(score));
            }
        } catch (IOException | NumberFormatException e) {
            LOG.warn("The system does not take the oom-score-adj: {}", e.getMessage());
        }
    }

    private long score(String how) {
        if (how.equals("no")) {
            return before;
        }
        int role = engine.replicating().standing().replica() ? 1 : 0;
        long value = engine.settings().get(EngineDirectives.OOM_SCORES).get(role);
        return Math.max(-MOST, Math.min(MOST, how.equals("absolute") ? value : before + value));
    }
}
