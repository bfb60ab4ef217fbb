package io.releve.replication.psync;

import io.releve.config.Settings;
import io.releve.log.ChangeLog;
import io.releve.replication.ReplicationContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a snapshot is taken for the replicas that wait for one; one at a time, for as many as possible. With the turn. */
final class FullSyncs {
    private static final Logger LOG = LoggerFactory.getLogger(FullSyncs.class);
    private static final String OWNER = "replication";
    private static final long SECOND = 1000;

    private final ReplicationContext context;
    private final Settings settings;
    private final ChangeLog log;
    private final Replicas replicas;
    private FullSync running;
    private boolean closed;

    FullSyncs(ReplicationContext context, Replicas replicas) {
        this.context = context;
        this.replicas = replicas;
        settings = context.parts().settings();
        log = context.parts().log();
    }

    /** A replica wants all data. */
    void wanted(ReplicaLink link) {
        if (running != null && running.join(link)) {
            LOG.info("Replica {} is sent the snapshot that is being written for others", link);
            begin(link, running.position());
            return;
        }
        tick(context.parts().engine().clock().milliseconds());
    }

    void tick(long now) {
        if (running != null || closed) {
            return;
        }
        List<ReplicaLink> waiting = replicas.waiting();
        if (waiting.isEmpty() || !isTime(waiting, now) || context.parts().engine().loading()
                || !context.parts().snapshotBegins(OWNER)) {
            return;
        }
        begin(waiting);
    }

    /**
     * A snapshot that is streamed cannot be joined later, so others are waited for, if there are any: when all replicas that
     * were ever here are waiting, nobody is to come.
     */
    private boolean isTime(List<ReplicaLink> waiting, long now) {
        if (!settings.get(ReplicationDirectives.DISKLESS_SYNC)) {
            return true;
        }
        long most = settings.get(ReplicationDirectives.DISKLESS_MAX);
        boolean all = waiting.size() >= replicas.known() && !settings.isGiven(ReplicationDirectives.DISKLESS_DELAY);
        return all || most > 0 && waiting.size() >= most
                || now - waiting.get(0).waitingSince >= settings.get(ReplicationDirectives.DISKLESS_DELAY) * SECOND;
    }

    private void begin(List<ReplicaLink> waiting) {
        boolean streamed = settings.get(ReplicationDirectives.DISKLESS_SYNC)
                && waiting.stream().allMatch(link -> link.streamsSnapshots);
        FullSync next;
        long position = log.position();
        try {
            next = new FullSync(context, waiting, position, streamed, this::ended);
        } catch (RuntimeException e) {
            context.parts().snapshotDone();
            throw e;
        }
        running = next;
        LOG.info("Starting a snapshot for SYNC with target: {}, for {}", streamed ? "replicas sockets" : "disk", waiting);
        waiting.forEach(link -> begin(link, position));
        next.start();
    }

    private void begin(ReplicaLink link, long position) {
        replicas.fullSynchronisation();
        // what a master has written goes on as it is
        boolean selects = position == log.position() && !context.standing().replica();
        link.reader(selects ? log.reader() : log.reader(position));
        link.acknowledged = 0;
        link.loaded = false;
        link.state = ReplicaLink.State.RECEIVING;
        if (!link.oldProtocol) {
            link.line("+FULLRESYNC " + log.replicationId() + " " + position);
        }
    }

    private void ended(FullSync ended, String failure) {
        running = null;
        context.parts().snapshotDone();
        for (ReplicaLink link : ended.receivers()) {
            if (failure == null && !link.closed()) {
                replicas.received(link, ended.streamed());
            } else {
                link.close();
            }
        }
        if (failure != null) {
            LOG.warn("The data could not be sent to replicas: {}", failure);
        }
    }

    void close() {
        closed = true;
        if (running != null) {
            running.cancel();
        }
    }
}
