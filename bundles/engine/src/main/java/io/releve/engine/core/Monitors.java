package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.engine.Connection;
import io.releve.engine.Session;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that are shown every request (redis.io, MONITOR): a subscriber of the log as long as there are any. As in Redis a
 * request is shown when it has run, before its reply leaves; what EXEC runs comes before the EXEC. Used with the turn.
 */
final class Monitors implements Subscriber {
    private final RedisEngine engine;
    private final List<ClientSession> watching = new ArrayList<>();
    private final MonitorLine line = new MonitorLine();
    private ChangeLog.Subscription subscription;
    /** Whose request is being shown, null for a script: an entry of the log does not know. */
    private Connection source;

    Monitors(RedisEngine engine) {
        this.engine = engine;
    }

    /** Whether anybody watches. */
    boolean active() {
        return subscription != null;
    }

    void add(ClientSession session) {
        if (session.monitoring) {
            return;
        }
        session.monitoring = true;
        watching.add(session);
        if (subscription == null) {
            subscription = engine.log().subscribe(this, false);
        }
    }

    void remove(ClientSession session) {
        if (!session.monitoring) {
            return;
        }
        session.monitoring = false;
        watching.remove(session);
        if (watching.isEmpty()) {
            subscription.close();
            subscription = null;
        }
    }

    /** Shows a request that has run. */
    void show(ClientSession session, CommandSlot slot, Arguments request) {
        if (slot.hidden) {
            return;
        }
        source = session.connection();
        engine.log().append(Entry.Kind.REQUEST, session.database(), 0, Secrets.without(slot.spec.name(), request));
        source = null;
    }

    /** Shows a command that a script has run. */
    void showScript(ClientSession session, CommandSlot slot, Arguments request) {
        if (!slot.hidden) {
            engine.log().append(Entry.Kind.REQUEST, session.database(), 0, Secrets.without(slot.spec.name(), request));
        }
    }

    @Override
    public String name() {
        return "monitor";
    }

    @Override
    public void entry(Entry entry) {
        if (entry.kind() != Entry.Kind.REQUEST) {
            return;
        }
        byte[] text = line.render(engine.clock().microseconds(), entry.database(), source, entry.effect());
        for (int i = 0; i < watching.size(); i++) {
            ClientSession session = watching.get(i);
            if (session.replies() != Session.Replies.OFF) {
                engine.delivery().deliverLine(session, text);
            }
        }
    }

    @Override
    public void flush(long position) {
        // every entry is shown at once
    }
}
