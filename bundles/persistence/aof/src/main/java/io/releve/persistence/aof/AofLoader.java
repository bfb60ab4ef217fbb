package io.releve.persistence.aof;

import io.releve.format.aof.AofException;
import io.releve.format.aof.AofFile;
import io.releve.format.aof.AofReader;
import io.releve.format.rdb.RdbDirectives;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbInput;
import io.releve.format.rdb.RdbReplay;
import io.releve.log.History;
import io.releve.persistence.Disk;
import io.releve.persistence.PersistenceContext;
import io.releve.persistence.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads an append-only file: its base, then its increments. The turn is held. */
final class AofLoader {
    private static final Logger LOG = LoggerFactory.getLogger(AofLoader.class);

    private static final int SCANNED = 1 << 20;

    private final PersistenceContext context;
    private final AofFolder folder;
    private final Replay replay;
    private final boolean verify;
    private long total;
    private long before;
    /** Where in the log the data belongs; null as long as nothing has said it. */
    private String replicationId;
    private long position;
    private boolean clean;
    /** The position without a transaction that has no end yet. */
    private long soundPosition;
    /** The byte behind the last command or mark outside of a transaction. */
    private long soundEnd;
    /** Whether this server has written what was read so far, or went on from it: then marks say what was forced. */
    private boolean marked;

    AofLoader(PersistenceContext context, AofFolder folder, Replay replay) {
        this.context = context;
        this.folder = folder;
        this.replay = replay;
        verify = context.settings().get(RdbDirectives.CHECKSUM);
    }

    /** @return the place in the log that the data stands for, or null when the files do not say it */
    History load() throws IOException {
        List<AofFile> files = folder.manifest().files();
        Disk disk = context.disk();
        for (AofFile file : files) {
            if (!disk.exists(folder.path(file))) {
                throw new IOException("The manifest of the append-only file names " + folder.path(file)
                        + ", which is not there. Bring it back, or load a backup");
            }
            total += disk.size(folder.path(file));
        }
        if (folder.manifest().lastIncrement() != null) {
            dropTail(folder.path(folder.manifest().lastIncrement()));
        }
        for (int i = 0; i < files.size(); i++) {
            load(folder.path(files.get(i)), i == files.size() - 1);
            before += disk.size(folder.path(files.get(i)));
        }
        return replicationId == null ? null : new History(replicationId, soundPosition, clean);
    }

    /** What a power failure has left of what was written last is cut off, so that nothing of it is loaded. */
    private void dropTail(Path file) throws IOException {
        long size = context.disk().size(file);
        soundEnd = Tail.soundEnd(context.disk(), file);
        if (soundEnd < 0 || soundEnd == size) {
            return;
        }
        if (!isTorn(file)) {
            throw damaged(file, "at byte " + soundEnd + " something is wrong, and behind it comes what was on the disk", null);
        }
        if (!context.settings().get(AofDirectives.LOAD_TRUNCATED)) {
            throw new IOException("Unexpected end of file reading the append only file " + file + " at byte " + soundEnd
                    + ". Set aof-load-truncated to yes to have it cut off there, or use 'releve check-aof --fix"
                    + " <manifest>'");
        }
        cutOff(file);
        total -= size - soundEnd;
    }

    private void load(Path file, boolean last) throws IOException {
        soundEnd = 0;
        AofReader reader = null;
        try (InputStream in = context.disk().read(file)) {
            reader = new AofReader(RdbInput.source(in));
            if (reader.hasPreamble()) {
                RdbReplay rdb = new RdbReplay(replay, true, before, total);
                try (rdb) {
                    reader.readPreamble(rdb, verify);
                }
                place(rdb.history());
                marked |= rdb.ours();
            }
            commands(reader, file, last);
        } catch (AofException e) {
            if (!last || !marked || !isTorn(file)) {
                throw damaged(file, e.getMessage(), e);
            }
            cutOff(file);
        } catch (RdbException e) {
            throw new IOException("The base of the append-only file, " + file + ", cannot be loaded: " + e.getMessage()
                    + ". Check it with 'releve check-rdb', or load a backup", e);
        } catch (UncheckedIOException e) {
            throw new IOException("The append-only file " + file + " cannot be read: " + e.getCause().getMessage(), e);
        }
    }

    private void commands(AofReader reader, Path file, boolean last) throws IOException {
        while (true) {
            long start = reader.position();
            reader.lookAhead(replay::expect);
            switch (reader.next()) {
                case COMMAND -> {
                    try {
                        replay.run(reader.arguments());
                    } catch (IOException | RuntimeException e) {
                        throw damaged(file, "at byte " + start + ": " + e.getMessage(), e);
                    }
                    position += reader.position() - start;
                    clean = false;
                    if (!reader.inTransaction() && !reader.arguments().is(0, "SELECT")) {
                        soundPosition = position;
                        soundEnd = reader.position();
                    }
                    replay.progress(before + reader.position(), total);
                }
                case ANNOTATION -> {
                    PositionMark mark = PositionMark.read(reader.annotation());
                    place(mark == null ? null : mark.history());
                    if (!reader.inTransaction()) {
                        soundEnd = reader.position();
                    }
                }
                case TRUNCATED -> {
                    truncated(reader, file, last);
                    return;
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void place(History place) {
        if (place != null) {
            marked = true;
            soundPosition = place.position();
            replicationId = place.id();
            position = place.position();
            clean = place.clean();
        }
    }

    private static IOException damaged(Path file, String how, Exception cause) {
        return new IOException("Bad file format reading the append only file " + file + ": " + how + ". Make a backup of it,"
                + " then use 'releve check-aof --fix <manifest>'", cause);
    }

    /** The end of the last file is what a crash has left of it: it is cut off. */
    private void truncated(AofReader reader, Path file, boolean last) throws IOException {
        if (marked && !isTorn(file)) {
            throw damaged(file, "at byte " + soundEnd + " something is wrong, and behind it comes what is sound",
                    null);
        }
        if (!last || !context.settings().get(AofDirectives.LOAD_TRUNCATED)) {
            throw new IOException("Unexpected end of file reading the append only file " + file + " at byte "
                    + soundEnd + (last ? ". Set aof-load-truncated to yes to have it cut off there, or use"
                    : ", which is not the last one. Use") + " 'releve check-aof --fix <manifest>'");
        }
        cutOff(file);
    }

    /**
     * Whether what is behind the last sound command was never certain on the disk, so that a power failure may have left
     * anything of it. Only where marks of ours say what was.
     */
    private boolean isTorn(Path file) throws IOException {
        // a mark that stands right there tells of what is before it
        long from = soundEnd;
        long size = context.disk().size(file);
        while (from < size) {
            byte[] bytes = context.disk().read(file, from, SCANNED);
            if (PositionMark.anyCertain(bytes)) {
                return false;
            }
            from += SCANNED - PositionMark.MAX_LENGTH;
        }
        return true;
    }

    private void cutOff(Path file) throws IOException {
        replay.discard();
        LOG.warn("!!! The append only file {} ends in the middle of a command, as a crash leaves it: it is cut off at byte {},"
                + " {} bytes are lost", file, soundEnd, context.disk().size(file) - soundEnd);
        try (Disk.File open = context.disk().append(file)) {
            open.truncate(soundEnd);
            open.force();
        }
    }
}
