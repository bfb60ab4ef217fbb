package io.releve.format.stream;

import io.releve.bytes.Bytes;
import io.releve.keyspace.StreamValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The consumer groups of a stream (redis.io, Streams, "Consumer groups"). Names of records, numbers big-endian, a name
 * {@code n} as {@code =n}, or {@code ~} and its SHA-256 when it is longer than 512 bytes:
 *
 * <pre>
 * g n                group    number u32, last id, entries read i64, pending u64, consumers u32, next consumer u32, name
 * c group n          consumer number u32, seen i64, active i64, pending u64, name
 * n group consumer   consumer's name
 * p group id         pending  consumer u32, delivered i64 (ms), deliveries u64
 * q group consumer id  (empty)
 * </pre>
 */
public final class Groups {
    private static final int BATCH = 256;

    final StreamValue stream;
    private final Record name = new Record();

    public Groups(StreamValue stream) {
        this.stream = stream;
    }

    /** The group of this name, or null. */
    public Group find(Bytes groupName) {
        Bytes content = new Bytes();
        boolean found = stream.getRecord(name.clear().putByte('g').putName(groupName).view(), content);
        return found ? new Group(this, content) : null;
    }

    /**
     * Makes a group that is not there.
     *
     * @param entriesRead number of entries its last id stands for, or -1 when that is not known
     */
    public Group create(Bytes groupName, StreamId last, long entriesRead) {
        int number = all().stream().mapToInt(group -> group.number + 1).max().orElse(0);
        Group group = new Group(this, groupName.copy(), number, last, entriesRead);
        group.store();
        return group;
    }

    /** Removes a group with its consumers and pending entries. */
    public void remove(Group group) {
        for (char kind : new char[] {'c', 'n', 'p', 'q'}) {
            removeAll(new Record().putByte(kind).putInt(group.number));
        }
        stream.putRecord(name.clear().putByte('g').putName(group.name()).view(), null);
    }

    /** All groups, by name. */
    public List<Group> all() {
        List<Group> groups = new ArrayList<>();
        Record prefix = new Record().putByte('g');
        stream.visitRecords(prefix.view(), (recordName, content) -> {
            if (!prefix.begins(recordName)) {
                return false;
            }
            groups.add(new Group(this, content));
            return true;
        });
        return groups;
    }

    /** Removes the records whose names begin with this. */
    void removeAll(Record prefix) {
        List<Bytes> names = new ArrayList<>();
        do {
            names.clear();
            stream.visitRecords(prefix.view(), (recordName, content) -> {
                if (!prefix.begins(recordName)) {
                    return false;
                }
                names.add(recordName.copy());
                return names.size() < BATCH;
            });
            names.forEach(each -> stream.putRecord(each, null));
        } while (names.size() == BATCH);
    }
}
