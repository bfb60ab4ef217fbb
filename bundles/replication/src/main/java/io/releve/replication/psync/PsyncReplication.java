package io.releve.replication.psync;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.config.Settings;
import io.releve.engine.Dispatcher;
import io.releve.engine.Session;
import io.releve.info.InfoSection;
import io.releve.log.ChangeLog;
import io.releve.replication.Replication;
import io.releve.replication.ReplicationContext;
import io.releve.replication.Standing;
import io.releve.replication.guard.Guard;
import io.releve.security.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replication of one engine: its replicas, and its master if it has one. With the turn, where nothing else is said. */
final class PsyncReplication implements Replication {
    private static final Logger LOG = LoggerFactory.getLogger(PsyncReplication.class);
    private static final String READ_ONLY = "READONLY You can't write against a read only replica.";
    private static final String STALE = "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.";
    private static final String NO_REPLICAS = "NOREPLICAS Not enough good replicas to write.";
    private static final String FENCED = "READONLY You can't write against this master for now: ";
    private static final String UNCONFIRMED = "UNCONFIRMED Not enough replicas have confirmed in time (min-replicas-to-ack,"
            + " replica-ack-timeout). A write is applied on this server, but a failover may lose it.";
    private static final String FORCED_UNBLOCK =
            "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)";

    private final ReplicationContext context;
    private final Tls.Links encryption;
    private final Settings settings;
    private final ChangeLog log;
    private final Guarding guarding;
    private final Replicas replicas;
    private final Failover failover;
    private final List<AutoCloseable> watches = new ArrayList<>();
    /** Null while it is a master. */
    private MasterLink master;
    /** The link that ends with it, if any. */
    private volatile MasterLink closing;

    /** @param tls gives null where nobody encrypts */
    PsyncReplication(ReplicationContext context, Supplier<Tls> tls) {
        this.context = context;
        settings = context.parts().settings();
        encryption = Tls.links(settings, tls);
        log = context.parts().log();
        guarding = new Guarding(context.parts(), Address.parse(settings.get(ReplicationDirectives.REPLICA_OF)) == null);
        replicas = new Replicas(context, guarding.guard());
        failover = new Failover(context, this, replicas);
    }

    @Override
    public void start() {
        Address address = Address.parse(settings.get(ReplicationDirectives.REPLICA_OF));
        if (log.secondPosition() >= 0 || log.position() > 0) {
            // others may want to go on where they are
            replicas.remember();
        }
        watches.add(settings.watch(ReplicationDirectives.BACKLOG_SIZE, replicas::backlogSize));
        watches.add(settings.watch(ReplicationDirectives.MIN_TO_ACK, needed -> confirm()));
        watches.add(settings.watch(ReplicationDirectives.ACK_TIMEOUT, timeout -> confirm()));
        if (address != null) {
            replicas.remember();
            // without the selected database the stream cannot be read on
            follow(address, log.position() > 0 && log.selected() >= 0, false);
        }
        stand();
    }

    /** Who encrypts the link to the master. */
    Tls.Links encryption() {
        return encryption;
    }

    private long now() {
        return context.parts().engine().clock().milliseconds();
    }

    /** Sets what clients may do now. */
    void stand() {
        String refused = null;
        String stale = null;
        Guard.Verdict verdict = guarding.verdict();
        if (master != null) {
            refused = settings.get(ReplicationDirectives.READ_ONLY) ? READ_ONLY : null;
            stale = !master.connected() && !settings.get(ReplicationDirectives.SERVE_STALE) ? STALE : null;
        } else if (verdict == Guard.Verdict.REFUSE) {
            refused = FENCED + guarding.reason();
        } else if (!replicas.canConfirm()) {
            refused = NO_REPLICAS;
        } else if (settings.get(ReplicationDirectives.MIN_TO_WRITE) > 0
                && settings.get(ReplicationDirectives.MIN_MAX_LAG) > 0
                && replicas.good(now()) < settings.get(ReplicationDirectives.MIN_TO_WRITE)) {
            refused = NO_REPLICAS;
        }
        Standing next = new Standing(master != null, refused, stale,
                master == null || !settings.get(ReplicationDirectives.IGNORE_MAXMEMORY), master == null && verdict == Guard.Verdict.HOLD);
        if (!next.equals(context.standing())) {
            context.standing(next);
        }
        context.reconsiderAt(now() + guarding.validFor());
    }

    @Override
    public void reconsider() {
        stand();
    }

    @Override
    public void guard(Call call) {
        long promised = guarding.guard().promise();
        guarding.run(call);
        if (master != null && guarding.guard().promise() > promised) {
            // what is applied from here on is acknowledged with the promise
            master.close();
            master = new MasterLink(context, this, master.address(), log.position() > 0 && log.selected() >= 0, false);
            master.start();
        }
        if (master == null) {
            replicas.complete();
        }
        stand();
    }

    /** The epoch before which nothing is acknowledged to any master. */
    long promise() {
        return guarding.guard().promise();
    }


    /** What a master answers waits for its replicas; what a replica shows is its master's affair. */
    private void confirm() {
        Confirmation needed = master == null ? settings.get(ReplicationDirectives.MIN_TO_ACK) : Confirmation.NONE;
        replicas.confirmation(needed);
        long timeout = settings.get(ReplicationDirectives.ACK_TIMEOUT);
        // the disk alone is waited for as long as it takes
        context.patience(timeout == 0 || !needed.needed() ? null : new Dispatcher.Patience(TimeUnit.MILLISECONDS.toNanos(timeout), UNCONFIRMED));
    }

    // Roles

    MasterLink master() {
        return master;
    }

    Replicas replicas() {
        return replicas;
    }

    /**
     * Becomes a replica.
     *
     * @param goesOn whether its history may be asked to be gone on with
     * @param asFailover whether the other is to become a master first
     */
    void follow(Address address, boolean goesOn, boolean asFailover) {
        boolean wasMaster = master == null;
        if (master != null) {
            master.close();
        }
        replicas.remember();
        if (wasMaster) {
            context.unblockAll(FORCED_UNBLOCK);
        }
        replicas.disconnectAll();
        master = new MasterLink(context, this, address, goesOn, asFailover);
        settings.note(ReplicationDirectives.REPLICA_OF, List.of(address.host(), Integer.toString(address.port())));
        if (wasMaster) {
            guarding.roleChanged(false);
        }
        confirm();
        stand();
        master.start();
    }

    /** Becomes a master: what follows is a history of its own. */
    void promote() {
        if (master == null) {
            return;
        }
        master.close();
        master = null;
        guarding.roleChanged(true);
        log.fork();
        // they learn of the new history when they connect again
        replicas.disconnectAll();
        settings.note(ReplicationDirectives.REPLICA_OF, List.of("no", "one"));
        confirm();
        LOG.info("MASTER MODE enabled: new replication id {}, up to {} the same as {}", log.replicationId(),
                log.secondPosition(), log.secondReplicationId());
        stand();
    }

    /** The id under which others know what is here: after an unclean start, or a promotion nobody has seen, the second. */
    String sharedHistory() {
        return log.secondPosition() == log.position() && replicas.known() == 0 ? log.secondReplicationId()
                : log.replicationId();
    }

    /** The link to the master is up. */
    void connected() {
        failover.done();
        stand();
    }

    /** The replica does not take over. */
    void failoverRefused(String answer) {
        failover.abort("it refuses to take over: " + answer);
    }

    @Override
    public void replicaOf(Call call) {
        Arguments words = call.arguments();
        if (failover.running()) {
            throw new CommandException("ERR REPLICAOF not allowed while failing over.");
        }
        guarding.checkObeys(call.session());
        if (words.is(1, "NO") && words.is(2, "ONE")) {
            promote();
            call.reply().ok();
            return;
        }
        Address address;
        try {
            address = new Address(words.get(1).text(), Address.port(words.get(2).text()));
        } catch (IllegalArgumentException e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        if (master != null && master.address().equals(address)) {
            LOG.info("REPLICAOF would result into synchronization with the master we are already connected with. No operation"
                    + " performed.");
            call.reply().simple("OK Already connected to specified master");
            return;
        }
        LOG.info("REPLICAOF {} enabled (user request from '{}')", address, call.session().connection().remoteAddress());
        follow(address, log.active() && log.position() > 0, false);
        call.reply().ok();
    }

    @Override
    public void role(Call call) {
        Reply reply = call.reply();
        if (master != null) {
            reply.array(5);
            reply.bulk("slave");
            reply.bulk(master.address().host());
            reply.integer(master.address().port());
            reply.bulk(master.state().roleName());
            reply.integer(master.connected() ? log.position() : -1);
            return;
        }
        reply.array(3);
        reply.bulk("master");
        reply.integer(log.position());
        List<ReplicaLink> online = replicas.online();
        reply.array(online.size());
        for (ReplicaLink link : online) {
            reply.array(3);
            reply.bulk(link.host());
            reply.bulk(Integer.toString(link.port));
            reply.bulk(Long.toString(link.acknowledged));
        }
    }

    // Replicas

    @Override
    public int replicas(long position) {
        return replicas.reached(position);
    }

    @Override
    public int durableReplicas(long position) {
        return replicas.durable(position);
    }

    @Override
    public void askReplicas() {
        replicas.ask();
    }

    @Override
    public void synchronise(Call call) {
        Arguments words = call.arguments();
        if (words.size() > 3 && words.is(3, "FAILOVER")) {
            takeOver(words.get(1).latin1());
        }
        if (master != null && !master.connected()) {
            throw new CommandException("NOMASTERLINK Can't SYNC while not connected with my master");
        }
        if (failover.running()) {
            throw new CommandException("ERR Can't SYNC while failing over");
        }
        boolean quiet = !replicas.needsPings();
        replicas.synchronise(call);
        if (master != null && quiet && replicas.needsPings()) {
            // Redis below wants PINGs in the stream, and only the master of all can put them there
            master.needPings();
        }
    }

    /** The master hands over to this replica: PSYNC with FAILOVER. Once more is all right: the answer may have been lost. */
    private void takeOver(String history) {
        boolean done = master == null && history.equalsIgnoreCase(log.secondReplicationId());
        if (!done && !history.equalsIgnoreCase(log.replicationId())) {
            throw new CommandException("ERR PSYNC FAILOVER replid must match my replid.");
        }
        if (master != null) {
            LOG.info("Failover request received for replid {}.", history);
            promote();
        }
    }

    @Override
    public void configure(Call call) {
        replicas.configure(call);
        // an acknowledgement can only allow writes; it comes often
        if (master == null && context.standing().writesRefused() != null) {
            stand();
        }
    }

    @Override
    public void failover(Call call) {
        failover.run(call);
    }

    @Override
    public void disconnected(Session session) {
        replicas.disconnected(session);
    }

    @Override
    public boolean drained() {
        return replicas.online().stream().allMatch(link -> link.acknowledged >= log.changed());
    }

    @Override
    public void tick() {
        long now = now();
        guarding.tick();
        replicas.tick(now, master == null);
        if (master == null) {
            replicas.complete();
        }
        failover.tick(now);
        stand();
        log.flush();
    }

    // INFO

    @Override
    public void describe(InfoSection.Lines lines) {
        lines.add("role", master == null ? "master" : "slave");
        if (master != null) {
            master.describe(lines, now());
            lines.add("slave_priority", settings.get(ReplicationDirectives.PRIORITY));
            lines.add("slave_read_only", settings.get(ReplicationDirectives.READ_ONLY) ? 1 : 0);
            lines.add("replica_announced", settings.get(ReplicationDirectives.ANNOUNCED) ? 1 : 0);
        }
        replicas.describe(lines, now());
        lines.add("master_failover_state", failover.state());
        lines.add("master_replid", log.replicationId());
        lines.add("master_replid2", log.secondReplicationId());
        lines.add("master_repl_offset", log.position());
        lines.add("second_repl_offset", log.secondPosition() < 0 ? -1 : log.secondPosition() + 1);
        replicas.describeBacklog(lines);
    }

    @Override
    public void close() {
        failover.abort("the replication stops");
        if (master != null) {
            master.close();
        }
        closing = master;
        replicas.close();
        guarding.close();
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public boolean ended() {
        MasterLink last = closing;
        return last == null || last.ended();
    }
}
