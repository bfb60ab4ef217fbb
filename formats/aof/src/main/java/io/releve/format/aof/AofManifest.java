package io.releve.format.aof;

import java.util.ArrayList;
import java.util.List;

/**
 * Which files make an append-only file: at most one base and any number of increments, to be read in this order, and
 * files that are history. Immutable; a change is written under {@link #temporaryName}, synced, renamed to
 * {@link #fileName}, and then the folder is synced.
 *
 * @param base null when there is none
 * @param increments with ascending sequence numbers
 */
public record AofManifest(AofFile base, List<AofFile> history, List<AofFile> increments) {
    /** That of a server that has written nothing. */
    public static final AofManifest EMPTY = new AofManifest(null, List.of(), List.of());

    /** Takes copies of the lists. */
    public AofManifest {
        history = List.copyOf(history);
        increments = List.copyOf(increments);
    }

    /** Name of the manifest. @param prefix directive {@code appendfilename} */
    public static String fileName(String prefix) {
        return prefix + ".manifest";
    }

    /** The name under which a new one is written. */
    public static String temporaryName(String prefix) {
        return "temp-" + fileName(prefix);
    }

    /**
     * Reads a manifest.
     *
     * @throws AofException with the number of the line
     */
    public static AofManifest parse(byte[] text) {
        return ManifestText.parse(text);
    }

    /** Its text, as Redis writes it. */
    public byte[] toByteArray() {
        return ManifestText.write(this);
    }

    /** That of Redis before 7.0, with its one file as the base. */
    public static AofManifest ofOldFile(String name) {
        return new AofManifest(new AofFile(name, 1, AofFile.Kind.BASE), List.of(), List.of());
    }

    /** The files to be loaded, in order. */
    public List<AofFile> files() {
        List<AofFile> files = new ArrayList<>();
        if (base != null) {
            files.add(base);
        }
        files.addAll(increments);
        return files;
    }

    /** The increment that is written to, or null. */
    public AofFile lastIncrement() {
        return increments.isEmpty() ? null : increments.get(increments.size() - 1);
    }

    /** The next base, which is not part of it yet. */
    public AofFile nextBase(String prefix, boolean rdb) {
        long greatest = base == null ? 0 : base.sequence();
        return AofFile.base(prefix, greatest + 1, rdb);
    }

    /** The next increment likewise. */
    public AofFile nextIncrement(String prefix) {
        return AofFile.increment(prefix, increments.isEmpty() ? 1 : lastIncrement().sequence() + 1);
    }

    /** With one increment more. */
    public AofManifest with(AofFile increment) {
        List<AofFile> more = new ArrayList<>(increments);
        more.add(increment);
        return new AofManifest(base, history, more);
    }

    /**
     * With another base, which has everything of the old one and of the increments before {@code firstKept}: these
     * become history.
     *
     * @param firstKept sequence number of the first increment that is still needed
     */
    public AofManifest rewritten(AofFile newBase, long firstKept) {
        List<AofFile> old = new ArrayList<>();
        if (base != null && !base.name().equals(newBase.name())) {
            old.add(base.asHistory());
        }
        List<AofFile> kept = new ArrayList<>();
        for (AofFile increment : increments) {
            if (increment.sequence() < firstKept) {
                old.add(increment.asHistory());
            } else {
                kept.add(increment);
            }
        }
        old.addAll(history);
        return new AofManifest(newBase, old, kept);
    }

    /** Without the files that are history. */
    public AofManifest withoutHistory() {
        return new AofManifest(base, List.of(), increments);
    }
}
