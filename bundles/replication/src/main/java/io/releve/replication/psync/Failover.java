package io.releve.replication.psync;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.log.ChangeLog;
import io.releve.replication.ReplicationContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A planned change of roles (redis.io, FAILOVER): writes wait until a replica has everything, then it is asked to take over and
 * followed. With the turn.
 */
final class Failover {
    private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

    private enum State {
        NONE("no-failover"), WAITING("waiting-for-sync"), HANDING_OVER("failover-in-progress");

        private final String redisName;

        State(String redisName) {
            this.redisName = redisName;
        }
    }

    private final ReplicationContext context;
    private final PsyncReplication replication;
    private final Replicas replicas;
    private final ChangeLog log;
    private State state = State.NONE;
    /** Null for whichever replica is first. */
    private Address target;
    private boolean force;
    /** Ms since the epoch; 0 for none. */
    private long deadline;

    Failover(ReplicationContext context, PsyncReplication replication, Replicas replicas) {
        this.context = context;
        this.replication = replication;
        this.replicas = replicas;
        log = context.parts().log();
    }

    boolean running() {
        return state != State.NONE;
    }

    String state() {
        return state.redisName;
    }

    void run(Call call) {
        Arguments words = call.arguments();
        Address to = null;
        boolean forced = false;
        long timeout = 0;
        for (int i = 1; i < words.size(); i++) {
            if (words.is(i, "TIMEOUT") && i + 1 < words.size() && timeout == 0) {
                timeout = words.integer(++i);
                if (timeout <= 0) {
                    throw new CommandException("ERR FAILOVER timeout must be greater than 0");
                }
            } else if (words.is(i, "ABORT") && words.size() == 2) {
                if (!running()) {
                    throw new CommandException("ERR No failover in progress.");
                }
                abort("Failover manually aborted");
                call.reply().ok();
                return;
            } else if (words.is(i, "TO") && i + 2 < words.size() && to == null) {
                to = new Address(words.get(i + 1).text(), (int) words.integer(i + 2));
                i += 2;
            } else if (words.is(i, "FORCE") && !forced) {
                forced = true;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        check(to, forced, timeout);
        target = to;
        force = forced;
        deadline = timeout == 0 ? 0 : call.now() + timeout;
        state = State.WAITING;
        LOG.info("FAILOVER requested to {}.", to == null ? "any replica" : to);
        context.parts().engine().pause(Long.MAX_VALUE, true);
        replicas.ask();
        call.reply().ok();
    }

    private void check(Address to, boolean forced, long timeout) {
        if (running()) {
            throw new CommandException("ERR FAILOVER already in progress.");
        }
        if (replication.master() != null) {
            throw new CommandException("ERR FAILOVER is not valid when server is a replica.");
        }
        if (replicas.attached().isEmpty()) {
            throw new CommandException("ERR FAILOVER requires connected replicas.");
        }
        if (forced && (to == null || timeout == 0)) {
            throw new CommandException("ERR FAILOVER with force option requires both a timeout and target HOST and IP.");
        }
        if (to == null) {
            return;
        }
        ReplicaLink link = find(to);
        if (link == null) {
            throw new CommandException("ERR FAILOVER target HOST and PORT is not a replica.");
        }
        if (link.state != ReplicaLink.State.ONLINE) {
            throw new CommandException("ERR FAILOVER target replica is not online.");
        }
    }

    private ReplicaLink find(Address address) {
        for (ReplicaLink link : replicas.attached()) {
            if (link.host().equals(address.host()) && link.port == address.port()) {
                return link;
            }
        }
        return null;
    }

    void tick(long now) {
        if (state != State.WAITING) {
            return;
        }
        if (deadline != 0 && now >= deadline) {
            if (force) {
                LOG.warn("Failover to {} time out exceeded, failing over.", target);
                handOver(target);
            } else {
                abort("Replica never caught up before timeout");
            }
            return;
        }
        List<ReplicaLink> candidates = target == null ? replicas.online()
                : find(target) == null ? List.of() : List.of(find(target));
        for (ReplicaLink link : candidates) {
            if (link.state == ReplicaLink.State.ONLINE && link.acknowledged >= log.position()) {
                handOver(new Address(link.host(), link.port));
                return;
            }
        }
    }

    private void handOver(Address to) {
        LOG.info("Failover target is synced, failing over to {}.", to);
        state = State.HANDING_OVER;
        target = to;
        replication.follow(to, true, true);
    }

    /** The other has taken over, and is followed. */
    void done() {
        if (state == State.HANDING_OVER) {
            state = State.NONE;
            context.parts().engine().unpause();
        }
    }

    /** Back to what was before. */
    void abort(String why) {
        if (state == State.NONE) {
            return;
        }
        LOG.warn("Failover aborted: {}", why);
        boolean replica = state == State.HANDING_OVER;
        state = State.NONE;
        if (replica) {
            replication.promote();
        }
        context.parts().engine().unpause();
    }
}
