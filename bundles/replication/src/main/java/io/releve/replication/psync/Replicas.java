package io.releve.replication.psync;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.config.Settings;
import io.releve.engine.Connection;
import io.releve.engine.Session;
import io.releve.info.InfoSection;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import io.releve.replication.ReplicationContext;
import io.releve.replication.ReplicationContext.Synchronisation;
import io.releve.replication.guard.Guard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas of this server: who may go on where it was, who needs all data first, and the stream to all of them. Used with
 * the turn.
 */
final class Replicas implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Replicas.class);
    private static final long SECOND = 1000;
    /** A replica of ours says each second that it is there: when it does not, the link is dead, long before TCP notices. */
    private static final long DEAD_MS = 5000;
    /** When nobody has looked for longer, it is not known whether replicas were silent. */
    private static final long DEAF_MS = 2000;

    private final ReplicationContext context;
    private final Settings settings;
    private final ChangeLog log;
    private final Guard guard;
    private final Map<Session, ReplicaLink> links = new LinkedHashMap<>();
    /** Addresses of replicas that were ever here. */
    private final Set<String> known = new HashSet<>();
    private final FullSyncs fullSyncs;
    private ChangeLog.Subscription subscription;
    private boolean remembering;
    private long noneSince;
    private long pingedAt;
    private long aliveAt;
    private Confirmation confirmation = Confirmation.NONE;
    /** Whether something has come since the last batch that is to be confirmed. */
    private boolean unconfirmed;
    /** Position behind the last request how far replicas are. */
    private long askedAt = -1;
    private long confirmed = -1;

    Replicas(ReplicationContext context, Guard guard) {
        this.context = context;
        this.guard = guard;
        settings = context.parts().settings();
        log = context.parts().log();
        fullSyncs = new FullSyncs(context, this);
    }

    @Override
    public String name() {
        return "replicas";
    }

    // The stream

    @Override
    public void entry(Entry entry) {
        // they read it from what the log remembers
        unconfirmed |= entry.kind() == Entry.Kind.EFFECT || entry.kind() == Entry.Kind.MESSAGE;
    }

    @Override
    public void flush(long position) {
        if (confirmation.needed() && guard.isArranged() && guard.isEnough(List.of())) {
            confirm();
        }
        if (unconfirmed) {
            unconfirmed = false;
            if (confirmation.needed() && anyForeign()) {
                // ours tell at once
                ask();
            }
        }
        for (ReplicaLink link : links.values()) {
            link.pumpSoon();
        }
    }

    /** Begins to remember the stream, once there is a replica or a master to be continued from. */
    void remember() {
        if (!remembering) {
            remembering = true;
            log.remember(settings.get(ReplicationDirectives.BACKLOG_SIZE));
            subscription = log.subscribe(this, confirmation.needed());
        }
        noneSince = 0;
    }

    /** Has replies wait until replicas have confirmed what they show. What there is already counts as confirmed. */
    void confirmation(Confirmation needed) {
        if (needed.needed()) {
            remember();
            if (!confirmation.needed()) {
                subscription.acknowledge(log.position());
            }
        }
        boolean changed = needed.needed() != confirmation.needed();
        confirmation = needed;
        if (subscription != null) {
            subscription.acknowledges(needed.needed());
        }
        if (changed) {
            // they learn when they connect whether they are to tell at once
            links.values().stream().filter(link -> link.ours && link.state != ReplicaLink.State.NEW)
                    .forEach(ReplicaLink::close);
        }
        confirm();
    }

    /** Tells the log what enough replicas have. */
    private void confirm() {
        if (!confirmation.needed()) {
            return;
        }
        if (guard.isArranged()) {
            confirmAgreed();
            return;
        }
        if (!guard.mayAcknowledge()) {
            return;
        }
        long[] positions = online().stream().filter(link -> guard.counts(link.promise)).mapToLong(link -> confirmation.onDisk() ? link.durable : link.acknowledged)
                .sorted().toArray();
        int index = positions.length - confirmation.replicas();
        if (index >= 0 && positions[index] > confirmed) {
            confirmed = positions[index];
            subscription.acknowledge(confirmed);
        }
    }

    /** The sentinels know whose copies count, and a master that was left alone needs none. */
    private void confirmAgreed() {
        List<ReplicaLink> counting = online().stream().filter(link -> guard.counts(link.promise)).toList();
        long reached = guard.isEnough(List.of()) ? log.position() : -1;
        for (ReplicaLink link : counting) {
            long position = confirmation.onDisk() ? link.durable : link.acknowledged;
            if (position > reached && guard.isEnough(counting.stream()
                    .filter(other -> (confirmation.onDisk() ? other.durable : other.acknowledged) >= position)
                    .map(other -> other.runId).toList())) {
                reached = position;
            }
        }
        if (reached > confirmed) {
            confirmed = reached;
            subscription.acknowledge(confirmed);
        }
    }

    /** Whether there are replicas enough for a write to be confirmed. */
    boolean canConfirm() {
        List<ReplicaLink> online = online();
        return guard.isArranged() ? guard.isEnough(online.stream().map(link -> link.runId).toList())
                : online.size() >= confirmation.replicas();
    }

    /** Tells the guard which replicas have everything. */
    void complete() {
        List<String> complete = new ArrayList<>();
        for (ReplicaLink link : online()) {
            if (!link.runId.isEmpty() && guard.counts(link.promise)
                    && (confirmation.onDisk() ? link.durable : link.acknowledged) >= log.changed()) {
                complete.add(link.runId);
            }
        }
        guard.complete(confirmation.replicas(), complete);
        confirm();
    }

    void backlogSize(long bytes) {
        if (remembering) {
            log.remember(bytes);
        }
    }

    private void forget() {
        remembering = false;
        subscription.close();
        log.remember(0);
    }

    /** Appends what is not about data: it has a place in the stream. */
    private void control(String... words) {
        log.append(Entry.Kind.CONTROL, 0, 0, Arguments.of(words));
    }

    /** Asks how far they are. */
    void ask() {
        if (askedAt != log.position() && !attached().isEmpty()) {
            control("REPLCONF", "GETACK", "*");
            askedAt = log.position();
        }
    }

    // What replicas say

    void configure(Call call) {
        Arguments words = call.arguments();
        if (words.size() % 2 == 0) {
            throw CommandException.SYNTAX;
        }
        Session session = call.session();
        for (int i = 1; i < words.size(); i += 2) {
            if (words.is(i, "ACK")) {
                acknowledge(links.get(session), words, call.now());
                return;
            }
            if (words.is(i, "GETACK")) {
                // a master's to its replica; from a client it means nothing
                return;
            }
            links.computeIfAbsent(session, ReplicaLink::new).introduce(words, i);
        }
        if (words.size() == 3 && words.is(1, MasterConnection.OURS) && confirmation.needed()) {
            call.reply().simple(MasterConnection.AT_ONCE);
        } else {
            call.reply().ok();
        }
    }

    private void acknowledge(ReplicaLink link, Arguments words, long now) {
        if (link == null || link.state == ReplicaLink.State.NEW || words.size() < 3) {
            return;
        }
        long position = words.integer(2);
        if (position > log.position()) {
            LOG.warn("Replica {} says that it has the stream up to {}, which ends at {}: its link is closed", link, position,
                    log.position());
            link.close();
            return;
        }
        link.acknowledgedAt = now;
        link.acknowledged = Math.max(link.acknowledged, position);
        if (words.size() >= 5 && words.is(3, "FACK")) {
            link.durable = Math.max(link.durable, Math.min(words.integer(4), log.position()));
        }
        link.loaded = true;
        if (link.state == ReplicaLink.State.LOADING) {
            online(link, now);
        }
        confirm();
        context.replicasGotFurther();
    }

    // Synchronisation

    /** PSYNC and SYNC. */
    void synchronise(Call call) {
        Session session = call.session();
        if (session.replica()) {
            return;
        }
        if (session.connection().kind() == Connection.Kind.EMBEDDED) {
            throw new CommandException("ERR a replica needs a socket: connect to the port of a server");
        }
        ReplicaLink link = links.computeIfAbsent(session, ReplicaLink::new);
        known.add(link.toString());
        remember();
        link.oldProtocol = call.arguments().is(0, "SYNC");
        link.acknowledgedAt = call.now();
        link.waitingSince = call.now();
        if (!link.oldProtocol && goesOn(link, call.arguments())) {
            goOn(call, link, call.arguments().integer(2) - 1);
            return;
        }
        session.replica(true);
        link.state = ReplicaLink.State.WAITING;
        session.connection().stream(stream -> context.parts().turn().run(() -> {
            link.stream(stream);
            fullSyncs.wanted(link);
        }));
        if (!link.oldProtocol && call.arguments().is(1, "?")) {
            LOG.info("Replica {} asks for synchronization: it has no data, so it gets all", link);
        }
    }

    /** Whether a replica can go on where it was; if not, the log says why. */
    private boolean goesOn(ReplicaLink link, Arguments words) {
        String id = words.get(1).latin1();
        long offset = words.integer(2);
        if (id.equals("?")) {
            return false;
        }
        String why = refusal(id, offset - 1);
        if (why == null) {
            return true;
        }
        context.count(Synchronisation.PARTIAL_REFUSED);
        LOG.info("Partial resynchronization not accepted: replica {} gets all data, since {}", link, why);
        return false;
    }

    /** Why the stream cannot be read on from a position of a history, or null. */
    private String refusal(String id, long position) {
        boolean second = id.equalsIgnoreCase(log.secondReplicationId());
        if (second && position > log.secondPosition()) {
            return "it has " + position + " bytes of a history that is the same only up to " + log.secondPosition()
                    + ": what came after it there is not known here";
        }
        if (!second && !id.equalsIgnoreCase(log.replicationId())) {
            return "it has another history (" + id + "; here " + log.replicationId() + " and " + log.secondReplicationId() + ")";
        }
        if (position > log.position()) {
            return "it asks for what comes after " + position + ", and the stream ends at " + log.position();
        }
        if (position < log.firstRemembered()) {
            return "it needs the stream from " + position + " on, and it is remembered only from " + log.firstRemembered()
                    + " on (repl-backlog-size " + settings.get(ReplicationDirectives.BACKLOG_SIZE) + ")";
        }
        return null;
    }

    private void goOn(Call call, ReplicaLink link, long position) {
        context.count(Synchronisation.PARTIAL);
        link.session.replica(true);
        link.reader(log.reader(position));
        link.acknowledged = position;
        call.reply().simple(link.psync2 ? "CONTINUE " + log.replicationId() : "CONTINUE");
        LOG.info("Partial resynchronization request from {} accepted. Sending {} bytes of backlog starting from offset {}.",
                link, log.position() - position, position + 1);
        link.session.connection().stream(stream -> context.parts().turn().run(() -> {
            link.stream(stream);
            online(link, context.parts().engine().clock().milliseconds());
        }));
    }

    private void online(ReplicaLink link, long now) {
        link.state = ReplicaLink.State.ONLINE;
        context.feedsReplicas(true);
        link.acknowledgedAt = now;
        link.onlineAt = now;
        LOG.info("Synchronization with replica {} succeeded", link);
        link.pump();
    }

    /** It has the snapshot; the stream follows at once, or when it has said that it was loaded. */
    void received(ReplicaLink link, boolean says) {
        if (link.rdbOnly) {
            LOG.info("Replica {} wanted the data alone and has them", link);
            link.close();
            return;
        }
        link.state = ReplicaLink.State.LOADING;
        long now = context.parts().engine().clock().milliseconds();
        link.acknowledgedAt = now;
        if (!says || link.loaded) {
            online(link, now);
        }
    }

    void fullSynchronisation() {
        context.count(Synchronisation.FULL);
    }

    // Ends

    void disconnected(Session session) {
        ReplicaLink link = links.remove(session);
        if (link == null) {
            return;
        }
        link.forget();
        if (link.state != ReplicaLink.State.NEW) {
            context.feedsReplicas(!online().isEmpty());
            LOG.info("Connection with replica {} lost.", link);
            context.replicasGotFurther();
        }
    }

    /** All replicas are to connect again: the history is another one, or this server is. */
    void disconnectAll() {
        attached().forEach(ReplicaLink::close);
    }

    void close() {
        fullSyncs.close();
        disconnectAll();
        if (subscription != null) {
            // what is remembered stays: they are to go on where they are
            subscription.close();
        }
    }

    // Time

    void tick(long now, boolean master) {
        fullSyncs.tick(now);
        if (now - aliveAt >= SECOND) {
            // what came while this server was at something else is not read yet
            boolean deaf = now - aliveAt > DEAF_MS;
            aliveAt = now;
            for (ReplicaLink link : links.values()) {
                link.heardAt = deaf ? now : link.heardAt;
                link.keepAlive();
                check(link, now);
            }
        }
        if (master && now - pingedAt >= settings.get(ReplicationDirectives.PING_PERIOD) * SECOND) {
            pingedAt = now;
            if (anyForeign()) {
                control("PING");
            }
        }
        if (attached().isEmpty() && remembering && master && !confirmation.needed()) {
            long ttl = settings.get(ReplicationDirectives.BACKLOG_TTL);
            if (noneSince == 0) {
                noneSince = now;
            } else if (ttl > 0 && now - noneSince > ttl * SECOND) {
                LOG.info("Replication backlog freed after {} seconds without connected replicas.", ttl);
                forget();
            }
        }
    }

    private void check(ReplicaLink link, long now) {
        if (link.state == ReplicaLink.State.NEW) {
            return;
        }
        long timeout = settings.get(ReplicationDirectives.TIMEOUT) * SECOND;
        long heard = link.session.connection().bytesRead();
        if (link.state == ReplicaLink.State.LOADING && heard != link.heard) {
            // line breaks, while it is loading
            link.acknowledgedAt = now;
        }
        if (heard != link.heard) {
            link.heard = heard;
            link.heardAt = now;
        }
        if (link.lost()) {
            LOG.warn("Replica {} is too slow: what it has to read is not there any more", link);
            link.close();
        } else if ((link.state == ReplicaLink.State.ONLINE || link.state == ReplicaLink.State.LOADING)
                && now - link.acknowledgedAt > timeout) {
            LOG.warn("Disconnecting timedout replica (streaming sync): {}", link);
            link.close();
        } else if (link.ours && link.state == ReplicaLink.State.ONLINE && now - Math.max(link.heardAt, link.onlineAt) > DEAD_MS) {
            LOG.warn("Replica {} is not heard of for {} ms: its link is closed", link, now - link.heardAt);
            link.close();
        } else {
            checkLimit(link, now);
        }
    }

    /** {@code client-output-buffer-limit replica}: how far it may be behind. */
    private void checkLimit(ReplicaLink link, long now) {
        OutputLimit limit = OutputLimit.of(settings);
        long behind = link.behind();
        boolean soft = limit.soft() > 0 && behind > limit.soft();
        link.behindSince = !soft ? 0 : link.behindSince == 0 ? now : link.behindSince;
        if (limit.hard() > 0 && behind > limit.hard() || soft && now - link.behindSince > limit.softSeconds() * SECOND) {
            LOG.warn("Replica {} is {} bytes behind, more than client-output-buffer-limit allows: its link is closed", link,
                    behind);
            link.close();
        }
    }

    private boolean anyForeign() {
        return links.values().stream().anyMatch(link -> !link.ours && link.state != ReplicaLink.State.NEW);
    }

    // What others ask

    /** Whether a replica is here that needs pings in the stream. */
    boolean needsPings() {
        return anyForeign();
    }

    List<ReplicaLink> attached() {
        return links.values().stream().filter(link -> link.state != ReplicaLink.State.NEW && !link.closed()).toList();
    }

    List<ReplicaLink> online() {
        return links.values().stream().filter(link -> link.state == ReplicaLink.State.ONLINE && !link.closed()).toList();
    }

    int reached(long position) {
        return (int) online().stream().filter(link -> link.acknowledged >= position).count();
    }

    int durable(long position) {
        return (int) online().stream().filter(link -> link.durable >= position).count();
    }

    /** Number of replicas that are near enough for {@code min-replicas-to-write}. */
    int good(long now) {
        long lag = settings.get(ReplicationDirectives.MIN_MAX_LAG) * SECOND;
        return (int) online().stream().filter(link -> now - link.acknowledgedAt <= lag + SECOND - 1).count();
    }

    void describe(InfoSection.Lines lines, long now) {
        List<ReplicaLink> all = attached();
        lines.add("connected_slaves", all.size());
        if (settings.get(ReplicationDirectives.MIN_TO_WRITE) > 0 && settings.get(ReplicationDirectives.MIN_MAX_LAG) > 0) {
            lines.add("min_slaves_good_slaves", good(now));
        }
        for (int i = 0; i < all.size(); i++) {
            ReplicaLink link = all.get(i);
            long lag = link.state == ReplicaLink.State.ONLINE ? (now - link.acknowledgedAt) / SECOND : 0;
            lines.add("slave" + i, "ip=" + link.host() + ",port=" + link.port + ",state=" + link.state.redisName()
                    + ",offset=" + link.acknowledged + ",lag=" + lag);
        }
    }

    void describeBacklog(InfoSection.Lines lines) {
        lines.add("repl_backlog_active", remembering ? 1 : 0);
        lines.add("repl_backlog_size", settings.get(ReplicationDirectives.BACKLOG_SIZE));
        lines.add("repl_backlog_first_byte_offset", remembering ? log.firstRemembered() + 1 : 0);
        lines.add("repl_backlog_histlen", log.position() - log.firstRemembered());
    }

    /** Those that wait for a snapshot. */
    List<ReplicaLink> waiting() {
        List<ReplicaLink> waiting = new ArrayList<>();
        for (ReplicaLink link : links.values()) {
            if (link.state == ReplicaLink.State.WAITING && link.hasStream() && !link.closed()) {
                waiting.add(link);
            }
        }
        return waiting;
    }

    int known() {
        return known.size();
    }
}
