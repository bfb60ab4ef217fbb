package io.releve.replication.psync;

import io.releve.format.rdb.RdbSnapshotFormat;
import io.releve.format.rdb.SnapshotFile;
import io.releve.format.rdb.SnapshotStream;
import io.releve.log.History;
import io.releve.persistence.PersistenceContext;
import io.releve.replication.ReplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One snapshot on its way to the replicas that wait for it, on a thread of its own: streamed to their sockets, or by a file. */
final class FullSync {
    private static final Logger LOG = LoggerFactory.getLogger(FullSync.class);
    private static final int PIECE = 1 << 17;
    private static final int MARK = 20;

    private final ReplicationContext context;
    private final PersistenceContext parts;
    private final List<ReplicaLink> receivers;
    private final long position;
    private final boolean streamed;
    private final BiConsumer<FullSync, String> ended;
    private final SnapshotStream stream;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    private final Path temporary;
    private final SnapshotFile file;
    /** Whether the file is being sent: it is too late to join. With the turn. */
    private boolean sending;
    private long startNanos;

    /** @param ended with the turn, with what went wrong, or null */
    FullSync(ReplicationContext context, List<ReplicaLink> receivers, long position, boolean streamed,
            BiConsumer<FullSync, String> ended) {
        this.context = context;
        parts = context.parts();
        this.receivers = new CopyOnWriteArrayList<>(receivers);
        this.position = position;
        this.streamed = streamed;
        this.ended = ended;
        temporary = parts.directory().resolve("temp-sync-" + ProcessHandle.current().pid() + ".rdb");
        file = streamed ? null : new SnapshotFile(parts.disk(), temporary, true);
        long memory = parts.keyspace().usedMemory();
        History place = parts.log().place();
        stream = new SnapshotStream(parts.turn(), parts.engine(), parts.keyspace(),
                sink -> new RdbSnapshotFormat(sink, parts.engine(), memory, place, false), streamed ? this::gather : file);
        stream.begin();
    }

    long position() {
        return position;
    }

    boolean streamed() {
        return streamed;
    }

    List<ReplicaLink> receivers() {
        return receivers;
    }

    /** Another replica wants the same; the turn is held. @return whether it is not too late */
    boolean join(ReplicaLink link) {
        if (streamed || sending || parts.log().firstRemembered() > position) {
            return false;
        }
        return receivers.add(link);
    }

    void start() {
        startNanos = System.nanoTime();
        Thread thread = new Thread(this::run, "releve-" + parts.instance() + "-sync-1");
        thread.setDaemon(true);
        thread.start();
    }

    void cancel() {
        stream.cancel();
        receivers.forEach(ReplicaLink::close);
    }

    private void run() {
        String failure = null;
        try {
            if (streamed) {
                sendStream();
            } else {
                sendFile();
            }
            LOG.info("{} keys, {} bytes were sent to {} in {} ms", stream.keys(), stream.bytes(), alive(),
                    (System.nanoTime() - startNanos) / 1_000_000);
        } catch (IOException | RuntimeException e) {
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
        }
        String outcome = failure;
        parts.turn().run(() -> ended.accept(this, outcome));
    }

    private List<ReplicaLink> alive() {
        return receivers.stream().filter(link -> !link.closed()).toList();
    }

    private void sendStream() throws IOException {
        byte[] bytes = new byte[MARK];
        new SecureRandom().nextBytes(bytes);
        byte[] mark = HexFormat.of().formatHex(bytes).getBytes(StandardCharsets.US_ASCII);
        text("$EOF:");
        gather(mark, 0, mark.length);
        text("\r\n");
        stream.write();
        gather(mark, 0, mark.length);
        send();
    }

    private void sendFile() throws IOException {
        try {
            stream.write();
            file.complete();
            parts.turn().run(() -> sending = true);
            text("$" + parts.disk().size(temporary) + "\r\n");
            byte[] buffer = new byte[PIECE];
            try (InputStream in = parts.disk().read(temporary)) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    gather(buffer, 0, count);
                }
            }
            send();
        } finally {
            file.discard();
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        gather(bytes, 0, bytes.length);
    }

    private void gather(byte[] bytes, int from, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = Math.min(length - done, piece.remaining());
            piece.put(bytes, from + done, count);
            done += count;
            if (!piece.hasRemaining()) {
                send();
            }
        }
    }

    /** What was gathered goes to all; who does not take it in time is cut off. */
    private void send() throws IOException {
        piece.flip();
        long timeout = parts.settings().get(ReplicationDirectives.TIMEOUT) * 1000;
        boolean any = false;
        for (ReplicaLink link : receivers) {
            if (!link.closed()) {
                if (link.send(piece.duplicate(), timeout)) {
                    any = true;
                } else if (!link.closed()) {
                    LOG.warn("Replica {} takes nothing for {} ms: it is cut off", link, timeout);
                    link.close();
                }
            }
        }
        piece.clear();
        if (!any) {
            throw new IOException("no replica is left that wants them");
        }
    }
}
