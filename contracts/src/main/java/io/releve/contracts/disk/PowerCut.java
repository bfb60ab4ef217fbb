package io.releve.contracts.disk;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What chance leaves of a disk. Each file meets one of several fates: nothing of what was not forced, all of it, a first part
 * in order, or any of it in any order; a piece may be torn, with zeros or garbage up to the end of the sector.
 */
final class PowerCut {
    private static final int SECTOR = 512;

    private final Random random;
    /** Directories with the names that survive. */
    private final Map<Directory, Map<String, Stored>> surviving = new IdentityHashMap<>();

    PowerCut(Random random) {
        this.random = random;
    }

    Directory of(Directory root, List<NameOperation> names) {
        int fate = random.nextInt(4);
        for (NameOperation operation : names) {
            boolean happened = fate == 0 || fate > 1 && random.nextBoolean();
            if (happened) {
                if (operation.from() != null && names(operation.from()).get(operation.oldName()) == operation.stored()) {
                    names(operation.from()).remove(operation.oldName());
                }
                if (operation.to() != null) {
                    names(operation.to()).put(operation.newName(), operation.stored());
                }
            }
        }
        return rest(root);
    }

    private Map<String, Stored> names(Directory directory) {
        return surviving.computeIfAbsent(directory, d -> new TreeMap<>(d.certain));
    }

    private Directory rest(Directory directory) {
        Directory rest = new Directory();
        names(directory).forEach((name, stored) ->
                rest.now.put(name, stored instanceof Directory inner ? rest(inner) : rest((StoredFile) stored)));
        rest.certain.putAll(rest.now);
        return rest;
    }

    private StoredFile rest(StoredFile file) {
        List<StoredFile.Change> changes = new ArrayList<>(file.uncertain);
        byte[] content = file.certain();
        switch (random.nextInt(5)) {
            case 0 -> changes.clear();
            case 1 -> { }
            case 2, 3 -> {
                if (!changes.isEmpty()) {
                    int kept = random.nextInt(changes.size());
                    StoredFile.Change last = changes.get(kept);
                    for (int i = 0; i < kept; i++) {
                        content = apply(content, changes.get(i));
                    }
                    return new StoredFile(torn(content, last), file.modified());
                }
            }
            default -> {
                Collections.shuffle(changes, random);
                for (StoredFile.Change change : changes) {
                    int how = random.nextInt(3);
                    content = how == 0 ? content : how == 1 ? apply(content, change) : torn(content, change);
                }
                return new StoredFile(content, file.modified());
            }
        }
        for (StoredFile.Change change : changes) {
            content = apply(content, change);
        }
        return new StoredFile(content, file.modified());
    }

    private static byte[] apply(byte[] content, StoredFile.Change change) {
        if (change.bytes() == null) {
            return change.offset() < content.length ? Arrays.copyOf(content, (int) change.offset()) : content;
        }
        return write(content, (int) change.offset(), change.bytes());
    }

    private static byte[] write(byte[] content, int offset, byte[] bytes) {
        byte[] result = Arrays.copyOf(content, Math.max(content.length, offset + bytes.length));
        System.arraycopy(bytes, 0, result, offset, bytes.length);
        return result;
    }

    private byte[] torn(byte[] content, StoredFile.Change change) {
        if (change.bytes() == null) {
            return random.nextBoolean() ? content : apply(content, change);
        }
        byte[] bytes = change.bytes();
        int whole = random.nextInt(bytes.length + 1);
        int behind = (int) change.offset() + whole;
        int rest = random.nextInt(3);
        // Of the sector in which it is torn, as much as was to be written, may hold anything.
        int reach = rest == 0 ? whole : Math.min(bytes.length, whole + SECTOR - behind % SECTOR);
        byte[] part = Arrays.copyOf(bytes, reach);
        for (int i = whole; i < reach; i++) {
            part[i] = rest == 1 ? 0 : (byte) random.nextInt();
        }
        return write(content, (int) change.offset(), part);
    }
}
