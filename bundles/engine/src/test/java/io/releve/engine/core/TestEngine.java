package io.releve.engine.core;

import io.releve.command.CommandSet;
import io.releve.config.DirectiveSet;
import io.releve.contracts.FixedSettings;
import io.releve.contracts.LocalClient;
import io.releve.engine.Clock;
import io.releve.engine.Dispatcher;
import io.releve.engine.Engine;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import io.releve.log.ring.OrderedLogProvider;
import io.releve.security.Authorizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An engine on the heap with the commands under test, one client, and a record of what went to the log. */
public final class TestEngine implements AutoCloseable {
    private final List<String> effects = new ArrayList<>();
    private final OpenEngine engine;
    private final FixedSettings settings = new FixedSettings(new EngineDirectives());
    public final Dispatcher dispatcher;
    public final LocalClient client;
    /** Closing it lets the log be idle. */
    public final ChangeLog.Subscription log;

    public TestEngine(Clock clock, CommandSet... sets) throws IOException {
        ChangeLog changes = new OrderedLogProvider().open();
        log = changes.subscribe(new Subscriber() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public void entry(Entry entry) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < entry.effect().size(); i++) {
                    text.append(i == 0 ? "" : " ").append(entry.effect().get(i).latin1());
                }
                effects.add(text.toString());
            }

            @Override
            public void flush(long position) {
            }
        }, false);
        engine = new OpenEngine("test", clock, settings, changes,
                new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 16, 0, false)), () -> null);
        for (CommandSet set : sets) {
            engine.add(set, false);
        }
        dispatcher = engine.dispatcher();
        client = new LocalClient(dispatcher);
    }

    /** Begins the periodic work. */
    public void start() {
        engine.start();
    }

    /** Lets DEBUG run. */
    public void allowDebug() {
        settings.with("enable-debug-command", "yes");
    }

    /** Has somebody asked who may do what. */
    public void authorizer(Authorizer authorizer) {
        engine.authorizer(authorizer);
    }

    /** Knows the settings of another part as well. */
    public void declare(DirectiveSet set) {
        settings.declare(set);
    }

    /** The engine as administrative commands see it. */
    public Engine administration() {
        return engine.engine();
    }

    /** What is inside, for tests of this package. */
    RedisEngine core() {
        return engine.core();
    }

    /** Sets a directive. */
    public void set(String directive, String value) {
        settings.with(directive, value);
    }

    /** The effects since the last call. */
    public List<String> effects() {
        List<String> copy = List.copyOf(effects);
        effects.clear();
        return copy;
    }

    @Override
    public void close() throws IOException {
        client.close();
        engine.close();
    }
}
