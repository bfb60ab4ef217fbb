package io.releve.persistence.segments;

import io.releve.format.aof.AofFile;
import io.releve.format.aof.AofManifest;
import io.releve.persistence.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Writes what is in a folder of segments as an append-only file of Redis 7: a base, an increment, a manifest. The folder is
 * only read; what is torn at its end is left out. Needs nothing but the class path.
 */
public final class SegmentsExport {
    private static final int BLOCK = 1 << 18;

    /**
     * What was written.
     *
     * @param position in the log, of the last change
     * @param torn bytes at the end of the last segment that were left out, since they are incomplete
     */
    public record Outcome(long position, long torn) {
    }

    private final Disk disk;

    public SegmentsExport(Disk disk) {
        this.disk = disk;
    }

    /**
     * Writes the files and forces them; the manifest comes last.
     *
     * @param segments folder of a journal that nobody writes
     * @param target folder ({@code appenddirname}), made if it is not there
     * @param prefix directive {@code appendfilename}
     * @throws IOException in one sentence a user understands: what is missing or damaged
     */
    public Outcome export(Path segments, Path target, String prefix) throws IOException {
        Contents contents = new Contents(disk, segments);
        if (contents.base() == null) {
            throw new IOException("There is no journal in " + segments);
        }
        Path manifest = target.resolve(AofManifest.fileName(prefix));
        if (disk.exists(manifest)) {
            throw new IOException("There is an append-only file in " + target + " already: name another folder");
        }
        disk.createDirectories(target);
        AofFile base = AofManifest.EMPTY.nextBase(prefix, true);
        AofFile increment = AofManifest.EMPTY.nextIncrement(prefix);
        copyBase(contents.base().in(segments), target.resolve(base.name()));
        Outcome outcome = writeIncrement(contents, target.resolve(increment.name()));
        Path temporary = target.resolve(AofManifest.temporaryName(prefix));
        try (Disk.File file = disk.create(temporary)) {
            file.write(ByteBuffer.wrap(AofManifest.EMPTY.rewritten(base, 0).with(increment).toByteArray()));
            file.force();
        }
        disk.rename(temporary, manifest);
        disk.syncDirectory(target);
        return outcome;
    }

    private void copyBase(Path from, Path to) throws IOException {
        byte[] block = new byte[BLOCK];
        try (InputStream in = disk.read(from); Disk.File out = disk.create(to)) {
            for (int count = in.read(block); count > 0; count = in.read(block)) {
                out.write(ByteBuffer.wrap(block, 0, count));
            }
            out.force();
        }
    }

    private Outcome writeIncrement(Contents contents, Path to) throws IOException {
        try (Disk.File out = disk.create(to); Frames frames = new Frames(disk, contents)) {
            while (frames.next()) {
                if (frames.frame().kind() != Frame.END) {
                    out.write(ByteBuffer.wrap(frames.payload(), 0, frames.frame().length()));
                }
            }
            out.force();
            return new Outcome(frames.position(), frames.torn());
        }
    }
}
