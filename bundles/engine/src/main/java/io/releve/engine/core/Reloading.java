package io.releve.engine.core;

import io.releve.engine.Engine.Reload;
import io.releve.persistence.Snapshotter;
import java.io.IOException;

/** Loads all data again in a running engine (DEBUG RELOAD, DEBUG LOADAOF). */
final class Reloading {
    private final RedisEngine engine;

    Reloading(RedisEngine engine) {
        this.engine = engine;
    }

    /** Without the turn. Clients wait from the snapshot on: what they would write after it would be lost. */
    void run(Reload how) throws IOException {
        Snapshotter snapshotter = engine.persistence().snapshotter();
        if (snapshotter == null && !how.fromJournal()) {
            throw new IOException("there is nothing that could load a snapshot");
        }
        engine.turn().run(() -> engine.holding().pause(Long.MAX_VALUE, false, engine.now()));
        try {
            if (how.save()) {
                snapshotter.save();
            }
            engine.turn().take();
            try {
                load(how);
            } finally {
                engine.turn().give();
            }
        } finally {
            engine.turn().run(engine.holding()::unpause);
        }
    }

    private void load(Reload how) throws IOException {
        engine.tick();
        Loading loading = new Loading(engine, false);
        engine.loading(loading);
        try (Statistics.Aside aside = engine.statistics().aside().changes(engine.statistics().dirty)) {
            if (how.clear()) {
                engine.clearData();
            }
            if (how.fromJournal()) {
                engine.persistence().reloadJournal(loading);
            } else {
                engine.persistence().snapshotter().load(loading);
            }
        } finally {
            engine.loading(null);
        }
        if (!how.fromJournal() && !how.save() && engine.persistence().journal() != null) {
            // what was loaded is not in it
            engine.persistence().rewrite();
        }
    }
}
