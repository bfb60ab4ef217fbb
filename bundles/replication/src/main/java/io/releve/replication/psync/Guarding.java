package io.releve.replication.psync;

import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import io.releve.engine.Session;
import io.releve.format.guard.GuardAnswer;
import io.releve.format.guard.GuardRequest;
import io.releve.log.ChangeLog;
import io.releve.log.Entry;
import io.releve.log.Subscriber;
import io.releve.persistence.Disk;
import io.releve.persistence.PersistenceContext;
import io.releve.replication.guard.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard of this server: keeps what it remembers in a file, and while it is not certain that this server leads has what was
 * answered last wait in the log, as it waits for disks and replicas. With the turn.
 */
final class Guarding implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger(Guarding.class);
    private static final String FILE = "guard.state";
    private static final int LONGEST = 1 << 16;

    private final PersistenceContext parts;
    private final ChangeLog log;
    private final SleeplessClock clock = new SleeplessClock();
    private final Guard guard;
    /** The epoch of which each sentinel has spoken last. */
    private final Map<Session, Long> said = new WeakHashMap<>();
    private ChangeLog.Subscription subscription;
    /** Up to here everything was shown a while ago. */
    private long shown;
    private boolean holding;
    private String saidReason = "";
    /** What is in the file; with its own lock, as files are written off the event loops. */
    private volatile String saved;

    Guarding(PersistenceContext parts, boolean isMaster) {
        this.parts = parts;
        log = parts.log();
        saved = read();
        Guard opened;
        try {
            opened = new Guard(saved, isMaster, clock.now(), Guarding::nonce);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.warn("What the sentinels said before the last stop cannot be read in {}: it is left out", FILE);
            opened = new Guard("", isMaster, clock.now(), Guarding::nonce);
        }
        guard = opened;
        watch();
    }

    Guard guard() {
        return guard;
    }

    private static String nonce() {
        byte[] bytes = new byte[8];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    // ---- the file

    private Path file() {
        return parts.directory().resolve(FILE);
    }

    private String read() {
        try {
            if (!parts.disk().exists(file()) || parts.disk().size(file()) > LONGEST) {
                return "";
            }
            try (InputStream in = parts.disk().read(file())) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8).trim();
            }
        } catch (IOException e) {
            LOG.warn("What the sentinels said before the last stop cannot be read: {}", e.getMessage());
            return "";
        }
    }

    /** Off the event loops. */
    private synchronized byte[] write(String line) throws IOException {
        Path temporary = parts.directory().resolve("temp-" + FILE);
        try (Disk.File file = parts.disk().create(temporary)) {
            file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force();
        }
        parts.disk().rename(temporary, file());
        parts.disk().syncDirectory(parts.directory());
        saved = line;
        return new byte[0];
    }

    // ---- the command

    /** GUARD. What it changes is on disk before it is answered. */
    void run(Call call) {
        if (call.outcome() != null && call.outcome().failure() != null) {
            throw new CommandException("ERR what the sentinels say cannot be kept: " + call.outcome().failure().getMessage());
        }
        List<String> words = new ArrayList<>();
        for (int i = 1; i < call.arguments().size(); i++) {
            words.add(call.arguments().get(i).text());
        }
        GuardAnswer answer;
        try {
            GuardRequest request = GuardRequest.parse(words);
            said.put(call.session(), request.epoch());
            answer = guard.take(request, log.position(), clock.now());
        } catch (IllegalArgumentException e) {
            throw new CommandException("ERR " + e.getMessage());
        }
        watch();
        String line = guard.remember();
        if (!line.equals(saved)) {
            call.offload(() -> write(line));
            return;
        }
        Reply reply = call.reply();
        List<String> fields = answer.words();
        reply.map(fields.size() / 2);
        fields.forEach(reply::bulk);
    }

    /**
     * Before a client says whom this server is to follow.
     *
     * @throws CommandException when it is a sentinel that knows less than this server
     */
    void checkObeys(Session session) {
        Long epoch = said.get(session);
        if (epoch != null && !guard.obeys(epoch)) {
            throw new CommandException("ERR a sentinel of epoch " + epoch + " says so, but this server knows of epoch " + guard.epoch());
        }
    }

    // ---- time

    /** @return what a master may do now */
    Guard.Verdict verdict() {
        long now = clock.now();
        guard.cycle(now);
        Guard.Verdict verdict = guard.verdict(now);
        hold(verdict == Guard.Verdict.HOLD);
        String reason = guard.reason(now);
        if (!reason.equals(saidReason)) {
            saidReason = reason;
            if (reason.isEmpty() && !guard.isMaster()) {
                LOG.info("This server follows the master of '{}' now", guard.masterName());
            } else if (reason.isEmpty()) {
                LOG.info("This server serves again as master of '{}'", guard.masterName());
            } else {
                LOG.warn("This server does not serve as master of '{}' for now: {}", guard.masterName(), reason);
            }
        }
        return verdict;
    }

    String reason() {
        return guard.reason(clock.now());
    }

    /** ms from now after which {@link #verdict} may be another. */
    long validFor() {
        return guard.isWatched() ? guard.validFor(clock.now()) : Long.MAX_VALUE / 2;
    }

    /** About ten times a second. */
    void tick() {
        if (!holding) {
            shown = log.position();
        }
    }

    private void watch() {
        if (guard.isWatched() && subscription == null) {
            shown = log.position();
            subscription = log.subscribe(this, false);
        }
    }

    private void hold(boolean on) {
        if (on == holding || subscription == null) {
            return;
        }
        holding = on;
        subscription.acknowledge(on ? shown : log.position());
        subscription.acknowledges(on);
        if (!on) {
            shown = log.position();
        }
    }

    void roleChanged(boolean leads) {
        guard.roleChanged(leads, clock.now());
        hold(false);
    }

    void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    @Override
    public String name() {
        return "guard";
    }

    @Override
    public void entry(Entry entry) {
        // it only counts how far they are
    }

    @Override
    public void flush(long position) {
        // what is shown is noted in tick
    }
}
