package io.releve.persistence.segments;

import io.releve.format.aof.AofException;
import io.releve.format.aof.AofReader;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbInput;
import io.releve.format.rdb.RdbReplay;
import io.releve.log.History;
import io.releve.persistence.Disk;
import io.releve.persistence.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads base and segments. */
final class Loader {
    private static final Logger LOG = LoggerFactory.getLogger(Loader.class);

    private final Disk disk;
    private final Contents contents;
    private final boolean cuts;
    private Frames frames;
    private int at;
    private int left;

    /** @param cuts whether what is incomplete at the end may be cut off */
    Loader(Disk disk, Contents contents, boolean cuts) {
        this.disk = disk;
        this.contents = contents;
        this.cuts = cuts;
    }

    /** Loads everything; what is torn at the end is cut off afterwards. */
    Tail load(Replay replay) throws IOException {
        long base = contents.baseBytes();
        long total = base + contents.segmentBytes();
        loadBase(replay, total);
        try (Frames walk = new Frames(disk, contents)) {
            frames = walk;
            loadCommands(replay, base, total);
            Tail tail = new Tail(contents.lastPath(), contents.lastHeader(), walk.offset(), walk.check(),
                    new History(contents.lastHeader().replicationId(), walk.position(), walk.isClean()));
            cut(tail);
            return tail;
        }
    }

    private void loadBase(Replay replay, long total) throws IOException {
        Path path = contents.base().in(contents.folder());
        try (InputStream in = disk.read(path)) {
            new RdbReplay(replay, true, 0, total).read(RdbInput.source(in), true);
        } catch (RdbException e) {
            throw Contents.damaged(path, Math.max(0, e.offset()), contents.base().position(), "it says: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void loadCommands(Replay replay, long before, long total) throws IOException {
        AofReader commands = new AofReader(this::payload);
        try {
            AofReader.Event event = commands.next();
            while (event == AofReader.Event.COMMAND) {
                run(replay, commands);
                commands.lookAhead(replay::expect);
                replay.progress(before + frames.bytes(), total);
                event = commands.next();
            }
            if (event != AofReader.Event.END) {
                replay.discard();
                throw frames.damaged("a command or a transaction has no end");
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (AofException e) {
            throw frames.damaged(e.getMessage());
        }
    }

    private void run(Replay replay, AofReader commands) throws IOException {
        try {
            replay.run(commands.arguments());
        } catch (IOException e) {
            throw frames.damaged("there is a command that cannot be run: " + e.getMessage());
        }
    }

    /** The source of the commands: what the frames hold, from the first to the last. */
    private int payload(byte[] target, int from, int length) {
        try {
            while (left == 0) {
                if (!frames.next()) {
                    return -1;
                }
                at = 0;
                left = frames.frame().kind() == Frame.END ? 0 : frames.frame().length();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int count = Math.min(length, left);
        System.arraycopy(frames.payload(), at, target, from, count);
        at += count;
        left -= count;
        return count;
    }

    private void cut(Tail tail) throws IOException {
        long torn = frames.torn();
        long position = tail.history().position();
        if (torn == 0) {
            return;
        }
        if (!cuts) {
            throw Contents.damaged(tail.path(), tail.offset(), position, "it ends with " + torn + " bytes that are"
                    + " incomplete, and aof-load-truncated does not allow to cut them off");
        }
        LOG.warn("The journal ends with {} bytes that are incomplete: {} is cut at byte {}, position {} of the log",
                torn, tail.path(), tail.offset(), position);
        try (Disk.File file = disk.append(tail.path())) {
            file.truncate(tail.offset());
            file.force();
        }
    }
}
