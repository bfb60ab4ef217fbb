package io.releve.engine.core;

import io.releve.engine.Script;
import io.releve.engine.Scripts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources of scripts and functions, and the script that is running. With the turn. */
final class Scripting implements Scripts {
    private static final Logger LOG = LoggerFactory.getLogger(Scripting.class);
    /** How long a script that runs is waited for. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private final RedisEngine engine;
    private final Map<String, byte[]> sources = new HashMap<>();
    private final RunningScript running;
    private long bytes;

    Scripting(RedisEngine engine) {
        this.engine = engine;
        running = new RunningScript(engine);
    }

    /** The one script that can run; it is begun and closed again and again. */
    RunningScript script() {
        return running;
    }

    @Override
    public byte[] source(String sha) {
        return sources.get(sha);
    }

    @Override
    public void keep(String sha, byte[] source) {
        if (sources.putIfAbsent(sha, source) == null) {
            bytes += source.length;
        }
    }

    @Override
    public void flush() {
        sources.clear();
        bytes = 0;
    }

    @Override
    public int count() {
        return sources.size();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public List<byte[]> libraries() {
        return engine.functions().all();
    }

    @Override
    public long librariesVersion() {
        return engine.functions().version();
    }

    @Override
    public void addLibrary(String name, byte[] source) {
        engine.functions().add(name, source);
    }

    @Override
    public void removeLibrary(String name) {
        engine.functions().remove(name);
    }

    @Override
    public void clearLibraries() {
        engine.functions().clear();
    }

    @Override
    public void exclusively(Runnable work) {
        if (!engine.turn().take(PATIENCE_NANOS)) {
            running.kill();
            if (!engine.turn().take(PATIENCE_NANOS)) {
                LOG.warn("A script does not end: what it runs in is left as it is");
                return;
            }
        }
        try {
            work.run();
        } finally {
            engine.turn().give();
        }
    }

    @Override
    public Script running() {
        return engine.busy().active() ? running : null;
    }
}
