package io.releve.persistence.segments;

import io.releve.log.History;
import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What is in the folder, seen from names, heads and the last bytes. What counts is the base with the greatest sequence number,
 * and the segments from its number on, each continuing the one before.
 */
final class Contents {
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final Disk disk;
    private final Path folder;
    private final List<SegmentName> segments = new ArrayList<>();
    private final List<SegmentHeader> headers = new ArrayList<>();
    /** Names that are not needed. */
    private final List<Path> superfluous = new ArrayList<>();
    private SegmentName base;
    private long lastSequence;
    private Frame end;

    /**
     * Looks.
     *
     * @throws IOException in one sentence a user understands: what is missing or damaged, and what to do
     */
    Contents(Disk disk, Path folder) throws IOException {
        this.disk = disk;
        this.folder = folder;
        TreeSet<SegmentName> names = new TreeSet<>();
        for (Path path : disk.list(folder)) {
            SegmentName name = SegmentName.parse(path);
            if (name != null) {
                names.add(name);
                lastSequence = Math.max(lastSequence, name.sequence());
                base = name.base() && (base == null || name.sequence() > base.sequence()) ? name : base;
            } else if (path.getFileName().toString().startsWith(SegmentName.TEMPORARY)) {
                superfluous.add(folder.resolve(path.getFileName()));
            }
        }
        for (SegmentName name : names) {
            if (name.equals(base)) {
                continue;
            }
            if (name.base() || base != null && name.sequence() < base.sequence()) {
                superfluous.add(name.in(folder));
            } else {
                segments.add(name);
            }
        }
        readHeaders();
        readEnd();
    }

    private void readHeaders() throws IOException {
        boolean abandoned = false;
        for (SegmentName name : List.copyOf(segments)) {
            Path path = name.in(folder);
            SegmentHeader header = abandoned ? null : SegmentReader.header(disk, path);
            boolean last = name.equals(segments.get(segments.size() - 1)) || abandoned;
            if (header != null && header.position() != name.position()) {
                throw damaged(path, 0, name.position(), "its head belongs to position " + header.position()
                        + ": it has a wrong name");
            }
            if (header == null && !abandoned) {
                if (disk.size(path) > SegmentHeader.LENGTH || !last) {
                    throw damaged(path, 0, name.position(), "its head is damaged");
                }
                // Its head was never forced to the disk, so nothing was written behind it.
                abandoned = true;
            } else if (header != null && (base == null || !headers.isEmpty() && header.fresh() && header.previous() == 0)) {
                if (base == null && !header.fresh()) {
                    throw new IOException("The folder " + folder + " has segments but no base: put the file "
                            + name.sequence() + "." + name.position() + ".base (or an older one with its segments) back");
                }
                abandoned = true;
            }
            if (abandoned) {
                superfluous.add(path);
            } else {
                headers.add(header);
            }
        }
        segments.subList(headers.size(), segments.size()).clear();
        if (base != null && (segments.isEmpty() || segments.get(0).sequence() != base.sequence())) {
            throw new IOException("The segment that follows the base " + base.in(folder) + " is missing: put "
                    + new SegmentName(base.sequence(), base.position(), false) + " back");
        }
    }

    /** A damage, where it is and what can be done. */
    static IOException damaged(Path file, long offset, long position, String what) {
        return new IOException("The journal is damaged: in " + file + " at byte " + offset + " (position " + position
                + " of the log) " + what + ". Put an intact copy of this file in its place, or the whole folder of a"
                + " back-up; or start from a snapshot with another segments-dirname");
    }

    private void readEnd() throws IOException {
        if (segments.isEmpty()) {
            return;
        }
        Path path = lastPath();
        int length = Frame.LENGTH + 40;
        long offset = disk.size(path) - length;
        if (offset < SegmentHeader.LENGTH) {
            return;
        }
        byte[] bytes = disk.read(path, offset, length);
        Frame frame = bytes.length < length ? null : Frame.parse(bytes, 0);
        if (frame != null && frame.kind() == Frame.END && frame.length() == 40
                && Frame.check(lastHeader().salt(), offset, bytes, 0, bytes, Frame.LENGTH, 40) == frame.check()
                && new String(bytes, Frame.LENGTH, 40, StandardCharsets.US_ASCII).equals(lastHeader().replicationId())) {
            end = frame;
        }
    }

    Path folder() {
        return folder;
    }

    /** Null when there is nothing. */
    SegmentName base() {
        return base;
    }

    List<SegmentName> segments() {
        return segments;
    }

    List<SegmentHeader> headers() {
        return headers;
    }

    Path lastPath() {
        return segments.get(segments.size() - 1).in(folder);
    }

    SegmentHeader lastHeader() {
        return headers.get(headers.size() - 1);
    }

    /** Greatest sequence number in use, whatever for. */
    long lastSequence() {
        return lastSequence;
    }

    List<Path> superfluous() {
        return superfluous;
    }

    /** The frame that says that it was closed in good order, or null. */
    Frame end() {
        return end;
    }

    /** Null when it is not certain. */
    History history() {
        return end == null ? null : new History(lastHeader().replicationId(), end.end(), true);
    }

    /** Bytes of all segments. */
    long segmentBytes() throws IOException {
        long bytes = 0;
        for (SegmentName name : segments) {
            bytes += disk.size(name.in(folder));
        }
        return bytes;
    }

    long baseBytes() throws IOException {
        return base == null ? 0 : disk.size(base.in(folder));
    }

    /** Stands for the content; 0 when it was not closed in good order. */
    long fingerprint() throws IOException {
        if (end == null) {
            return 0;
        }
        long fingerprint = mix(mix(end.check(), end.end()), lastHeader().salt());
        fingerprint = mix(fingerprint, base.in(folder));
        for (SegmentName name : segments) {
            fingerprint = mix(fingerprint, name.in(folder));
        }
        return fingerprint == 0 ? 1 : fingerprint;
    }

    private long mix(long one, Path file) throws IOException {
        return mix(mix(mix(one, file.getFileName().toString().hashCode()), disk.size(file)), disk.modified(file));
    }

    private static long mix(long one, long other) {
        return (one ^ other) * PRIME + Long.rotateLeft(one, 31);
    }
}
