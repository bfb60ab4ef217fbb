package io.releve.replication.psync;

import io.releve.config.Settings;
import io.releve.engine.Turn;
import io.releve.info.InfoSection;
import io.releve.log.ChangeLog;
import io.releve.persistence.Journal;
import io.releve.replication.ReplicationContext;
import io.releve.security.Tls;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link to the master: connects, agrees on where to go on, takes over all data if need be, and applies the stream; again and
 * again until it is closed. It has a thread of its own.
 */
final class MasterLink {
    private static final Logger LOG = LoggerFactory.getLogger(MasterLink.class);
    private static final long RETRY_MS = 1000;
    private static final int CONNECT_MS = 2000;
    private static final long SECOND = 1000;
    /** A master of ours is heard every second: when it is not, the link is dead, long before TCP notices. */
    private static final long DEAD_MS = 5000;
    private static final String FAILOVER = "FAILOVER";
    private static final String ID = "[0-9a-f]{40}";

    private final ReplicationContext context;
    private final PsyncReplication replication;
    private final Address address;
    private final Settings settings;
    private final ChangeLog log;
    private final Turn turn;
    private final Thread thread;
    private volatile LinkState state = LinkState.CONNECT;
    private volatile boolean closed;
    private volatile MasterConnection connection;
    private volatile DataTransfer transfer;
    /** Whether a partial synchronisation may be asked for; of the link's thread once it has started. */
    private boolean goesOn;
    private volatile boolean asFailover;
    private volatile boolean needsPings;
    private volatile boolean ours;
    /** Whether the master waits for what this server has. */
    private volatile boolean atOnce;
    /** When it was lost, ms since the epoch; 0 before it was ever there. */
    private volatile long downSince;
    /** When it was there last, ms since the epoch. */
    private long upSince;
    private String lastFailure = "";

    MasterLink(ReplicationContext context, PsyncReplication replication, Address address, boolean goesOn,
            boolean asFailover) {
        this.context = context;
        this.replication = replication;
        this.address = address;
        this.goesOn = goesOn;
        this.asFailover = asFailover;
        settings = context.parts().settings();
        log = context.parts().log();
        turn = context.parts().turn();
        thread = new Thread(this::run, "releve-" + context.parts().instance() + "-replication-1");
        thread.setDaemon(true);
    }

    Address address() {
        return address;
    }

    LinkState state() {
        return state;
    }

    boolean connected() {
        return state == LinkState.CONNECTED;
    }

    void start() {
        thread.start();
    }

    /** Ends the link; what it has applied stays. The turn is held, so nothing more is applied. */
    synchronized void close() {
        closed = true;
        notifyAll();
        context.linked(null);
        MasterConnection open = connection;
        if (open != null) {
            open.close();
        }
    }

    boolean closed() {
        return closed;
    }

    /** Whether its thread is no more, or never was. */
    boolean ended() {
        return !thread.isAlive();
    }

    /** A replica below needs PINGs in the stream: the master is asked for them. */
    void needPings() {
        if (!needsPings && ours) {
            needsPings = true;
            connection.close();
        }
    }

    private void run() {
        while (!closed) {
            boolean wasUp;
            try (MasterConnection open = new MasterConnection()) {
                connection = open;
                synchronise(open);
            } catch (IOException | RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
                failed(e);
            } finally {
                wasUp = connected() && now() - upSince > RETRY_MS;
                lost();
            }
            if (!wasUp) {
                pause();
            }
        }
    }

    private void failed(Throwable e) {
        String failure = e.getMessage() == null ? e.toString() : e.getMessage();
        if (!closed && !failure.equals(lastFailure)) {
            lastFailure = failure;
            LOG.warn("The link to the master {} is down: {}. It is tried again every second", address, failure);
            if (!(e instanceof IOException)) {
                LOG.debug("How it failed", e);
            }
        }
    }

    private void lost() {
        if (closed) {
            return;
        }
        turn.run(() -> {
            if (!closed) {
                if (state == LinkState.CONNECTED) {
                    downSince = now();
                    context.discardTransaction();
                }
                state = LinkState.CONNECT;
                context.linked(null);
                replication.stand();
            }
        });
    }

    /** Until it is tried again, or closed. */
    private synchronized void pause() {
        try {
            if (!closed) {
                wait(RETRY_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long now() {
        return context.parts().engine().clock().milliseconds();
    }

    private long timeoutMs() {
        return settings.get(ReplicationDirectives.TIMEOUT) * SECOND;
    }

    // Agreeing

    private void synchronise(MasterConnection open) throws IOException {
        state = LinkState.CONNECTING;
        open.connect(address, (int) Math.min(CONNECT_MS, timeoutMs()), !settings.get(ReplicationDirectives.NO_DELAY_OFF),
                settings.get(ReplicationDirectives.SOURCE_ADDRESS), replication.encryption().tls());
        state = LinkState.HANDSHAKE;
        introduce(open);
        String answer = askToGoOn(open);
        String[] words = answer.split(" ");
        if (words[0].equals("+CONTINUE") && goesOn && (words.length == 1 || words[1].matches(ID))) {
            goOn(words.length > 1 ? words[1] : null);
        } else if (words[0].equals("+FULLRESYNC") && words.length >= 3 && words[1].matches(ID)) {
            takeAll(open, words[1], offset(words[2]));
        } else {
            refused(answer);
        }
        lastFailure = "";
        new StreamApplication(context, this, open, ours, atOnce).run(ours ? Math.min(DEAD_MS, timeoutMs()) : timeoutMs());
    }

    private static long offset(String word) throws IOException {
        if (!word.matches("[0-9]{1,18}")) {
            throw new IOException("it answered FULLRESYNC with the offset '" + MasterConnection.shown(word) + "'");
        }
        return Long.parseLong(word);
    }

    private void introduce(MasterConnection open) throws IOException {
        String pong = open.ask(timeoutMs(), "PING");
        if (!pong.startsWith("+") && !pong.startsWith("-NOAUTH") && !pong.startsWith("-NOPERM")
                && !pong.startsWith("-ERR operation not permitted")) {
            throw new IOException("it answered PING with '" + MasterConnection.shown(pong) + "'");
        }
        String password = settings.get(ReplicationDirectives.MASTER_AUTH);
        String user = settings.get(ReplicationDirectives.MASTER_USER);
        if (!password.isEmpty()) {
            String answer = user.isEmpty() ? open.ask(timeoutMs(), "AUTH", password)
                    : open.ask(timeoutMs(), "AUTH", user, password);
            if (!answer.startsWith("+")) {
                throw new IOException("it does not accept masterauth: " + MasterConnection.shown(answer));
            }
        }
        long port = settings.get(ReplicationDirectives.ANNOUNCE_PORT);
        String listening = port > 0 ? Long.toString(port) : Tls.linkPort(settings);
        announce(open, "listening-port", listening);
        String ip = settings.get(ReplicationDirectives.ANNOUNCE_IP);
        if (!ip.isEmpty()) {
            announce(open, "ip-address", ip);
        }
        announce(open, "capa", "eof", "capa", "psync2");
        String answer = open.ask(timeoutMs(), "REPLCONF", MasterConnection.OURS, needsPings ? "0" : "1");
        ours = answer.startsWith("+") && !needsPings;
        atOnce = answer.equals("+" + MasterConnection.AT_ONCE);
        if (answer.startsWith("+")) {
            announce(open, MasterConnection.RUN_ID, context.parts().engine().runId(), MasterConnection.PROMISE,
                    Long.toString(replication.promise()));
        }
    }

    /** What a master does not understand it refuses, and does without. */
    private void announce(MasterConnection open, String... options) throws IOException {
        String[] words = new String[options.length + 1];
        words[0] = "REPLCONF";
        System.arraycopy(options, 0, words, 1, options.length);
        String answer = open.ask(timeoutMs(), words);
        if (answer.startsWith("-NOAUTH") || answer.startsWith("-NOPERM")) {
            throw new IOException("it refuses this server: " + MasterConnection.shown(answer));
        }
        if (!answer.startsWith("+")) {
            LOG.info("The master {} does not understand REPLCONF {}: {}", address, options[0],
                    MasterConnection.shown(answer));
        }
    }

    private String askToGoOn(MasterConnection open) throws IOException {
        String[] request = new String[asFailover ? 4 : 3];
        turn.run(() -> {
            request[0] = "PSYNC";
            request[1] = goesOn ? replication.sharedHistory() : "?";
            request[2] = goesOn ? Long.toString(log.position() + 1) : "-1";
        });
        if (asFailover) {
            request[3] = FAILOVER;
        }
        return open.ask(timeoutMs(), request);
    }

    private void refused(String answer) throws IOException {
        if (asFailover && answer.startsWith("-") && !answer.startsWith("-LOADING")) {
            turn.run(() -> replication.failoverRefused(answer));
        }
        if (answer.startsWith("-NOMASTERLINK")) {
            throw new IOException("it follows another server, or this one, and has no link itself: " + MasterConnection.shown(answer));
        }
        throw new IOException("it answered PSYNC with '" + MasterConnection.shown(answer) + "'");
    }

    private void goOn(String id) {
        turn.run(() -> {
            if (closed) {
                return;
            }
            if (id != null && !id.equals(log.replicationId())) {
                log.rename(id);
                replication.replicas().disconnectAll();
            }
            context.select(Math.max(0, log.selected()));
            up("Successful partial resynchronization with master " + address + " from offset " + (log.position() + 1));
        });
    }

    private void takeAll(MasterConnection open, String id, long offset) throws IOException {
        LOG.info("Full resync from master {}: {}:{}", address, id, offset);
        state = LinkState.TRANSFER;
        DataTransfer all = new DataTransfer(context, open, settings, timeoutMs(), () -> closed);
        transfer = all;
        String before = log.replicationId();
        try {
            all.run(id, offset, () -> replication.replicas().disconnectAll());
        } finally {
            transfer = null;
            // half of the data may have taken the place of what was there
            goesOn &= log.replicationId().equals(before);
        }
        turn.run(() -> {
            if (!closed) {
                goesOn = true;
                up("MASTER <-> REPLICA sync: Finished with success");
            }
        });
    }

    private void up(String sentence) {
        goesOn = true;
        asFailover = false;
        state = LinkState.CONNECTED;
        downSince = 0;
        upSince = now();
        context.linked(new MasterPeer(connection));
        LOG.info(sentence);
        replication.connected();
    }

    // The stream

    /** Tells the master how far this server is. */
    void acknowledge(MasterConnection open) throws IOException {
        Journal journal = context.parts().engine().journal();
        long durable = journal == null ? -1 : journal.durable();
        String position = Long.toString(log.position());
        if (durable < 0) {
            open.send("REPLCONF", "ACK", position);
        } else {
            open.send("REPLCONF", "ACK", position, "FACK", Long.toString(durable));
        }
    }

    // INFO

    void describe(InfoSection.Lines lines, long now) {
        MasterConnection open = connection;
        DataTransfer all = transfer;
        lines.add("master_host", address.host());
        lines.add("master_port", address.port());
        lines.add("master_link_status", connected() ? "up" : "down");
        lines.add("master_last_io_seconds_ago", connected() && open != null ? open.silentMs() / SECOND : -1);
        lines.add("master_sync_in_progress", state == LinkState.TRANSFER ? 1 : 0);
        lines.add("slave_read_repl_offset", log.position());
        lines.add("slave_repl_offset", log.position());
        if (all != null) {
            all.describe(lines);
        }
        if (!connected()) {
            lines.add("master_link_down_since_seconds", downSince == 0 ? -1 : (now - downSince) / SECOND);
        }
    }
}
