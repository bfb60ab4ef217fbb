package io.releve.contracts.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** A file: what it shows, what was forced, and the changes since. */
final class StoredFile implements Stored {
    /** A write at an offset, or with null a cut at it. */
    record Change(long offset, byte[] bytes) {
    }

    final List<Change> uncertain = new ArrayList<>();
    private byte[] content = new byte[64];
    private int length;
    /** What was forced: a prefix of {@link #content} as long as that was only added to, else an array of its own. */
    private byte[] forced;
    private int forcedLength;
    private long modified;
    /** Bytes that a force has failed to bring to the disk: no later force does. */
    private final BitSet forgotten = new BitSet();

    StoredFile(long modified) {
        this.modified = modified;
    }

    /** A file with this content, certain. */
    StoredFile(byte[] content, long modified) {
        this.content = content;
        length = content.length;
        forcedLength = length;
        this.modified = modified;
    }

    int length() {
        return length;
    }

    long modified() {
        return modified;
    }

    byte[] bytes() {
        return Arrays.copyOf(content, length);
    }

    byte[] read(long offset, int count) {
        int from = (int) Math.min(offset, length);
        return Arrays.copyOfRange(content, from, (int) Math.min((long) from + count, length));
    }

    void write(int offset, byte[] bytes, int from, int count, long time) {
        if (offset + count > content.length) {
            content = Arrays.copyOf(content, Math.max(offset + count, 2 * content.length));
        }
        System.arraycopy(bytes, from, content, offset, count);
        length = Math.max(length, offset + count);
        forgotten.clear(offset, offset + count);
        uncertain.add(new Change(offset, Arrays.copyOfRange(bytes, from, from + count)));
        modified = time;
    }

    void truncate(long to, long time) {
        if (to < length) {
            if (forced == null && to < forcedLength) {
                forced = Arrays.copyOf(content, forcedLength);
            }
            length = (int) to;
            forgotten.clear(length, Math.max(length, forgotten.length()));
            uncertain.add(new Change(to, null));
            modified = time;
        }
    }

    void force() {
        byte[] holes = forgotten.isEmpty() ? null : Arrays.copyOf(certain(), length);
        uncertain.clear();
        forced = null;
        forcedLength = length;
        if (holes != null) {
            forced = bytes();
            forgotten.stream().forEach(i -> forced[i] = holes[i]);
        }
    }

    /** The system could not force it, and takes it for written all the same (as Linux does). */
    void failForce() {
        for (Change change : uncertain) {
            if (change.bytes() != null) {
                forgotten.set((int) change.offset(), (int) change.offset() + change.bytes().length);
            }
        }
        forgotten.clear(length, Math.max(length, forgotten.length()));
    }

    /** What is certainly there. */
    byte[] certain() {
        return Arrays.copyOf(forced == null ? content : forced, forcedLength);
    }

    @Override
    public StoredFile copy() {
        return new StoredFile(bytes(), modified);
    }
}
