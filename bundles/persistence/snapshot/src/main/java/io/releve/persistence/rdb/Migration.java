package io.releve.persistence.rdb;

import io.releve.engine.Engine;
import io.releve.engine.Lifecycle;
import io.releve.persistence.Found;
import io.releve.persistence.Snapshotter;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code releve migrate} does once the data is there: writes it as a snapshot and stops the server. Idle unless the
 * framework property {@code releve.migrate} is set, to a file, or to nothing for the one that {@code dbfilename} names.
 */
@Component(immediate = true, service = {})
public final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    private final Engine engine;
    private final Lifecycle lifecycle;

    /** @param engine is there once the data is loaded */
    @Activate
    public Migration(BundleContext context, @Reference Engine engine, @Reference Lifecycle lifecycle) {
        this.engine = engine;
        this.lifecycle = lifecycle;
        String target = context.getProperty("releve.migrate");
        if (target != null) {
            Thread thread = new Thread(() -> run(target), "releve-migration");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run(String target) {
        try {
            LOG.info("All data is in {}; the files of the keyspace are as they were", write(engine.snapshotter(), target));
            lifecycle.stop();
        } catch (IOException e) {
            lifecycle.failed("The data is not migrated: " + e.getMessage());
        }
    }

    private static String write(Snapshotter snapshotter, String target) throws IOException {
        if (!target.isEmpty()) {
            snapshotter.export(Path.of(target));
            return target;
        }
        Found there = snapshotter.found();
        if (there != null) {
            throw new IOException("there is " + there.description() + " already; put it aside, or choose another file with"
                    + " --output");
        }
        snapshotter.save();
        return snapshotter.found().description();
    }
}
