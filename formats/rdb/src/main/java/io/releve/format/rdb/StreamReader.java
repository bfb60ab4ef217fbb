package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.format.stream.Consumer;
import io.releve.format.stream.Fields;
import io.releve.format.stream.Group;
import io.releve.format.stream.Groups;
import io.releve.format.stream.StreamId;
import io.releve.format.stream.StreamState;
import io.releve.keyspace.StreamValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a stream, as {@link StreamWriter} describes it. Entries of a node that have the fields of its first entry do
 * not repeat them; in a keyspace they do, so what may come of few bytes is limited.
 */
final class StreamReader {
    /** Bytes of entries that may come of a byte that was read. */
    private static final int GREATEST_RATIO = 256;
    /** As much may come of few bytes. */
    private static final long ALWAYS_ALLOWED = 1 << 20;

    private final RdbInput input;
    private final RdbType type;
    private final StreamValue stream;
    private final StringSlot slot = new StringSlot();
    private final ListpackReader node = new ListpackReader();
    private final Fields fields = new Fields();
    private final List<Bytes> masterFields = new ArrayList<>();
    private final Bytes word = new Bytes();
    private final Bytes other = new Bytes();
    private final PendingReader pending = new PendingReader();
    private final long begin;
    private StreamId last = StreamId.MIN;
    private StreamId firstEntry;
    private long expanded;

    StreamReader(RdbInput input, RdbType type, StreamValue stream) {
        this.input = input;
        this.type = type;
        this.stream = stream;
        begin = input.position();
    }

    void read() {
        for (long nodes = input.readCount(StreamId.LENGTH); nodes > 0; nodes--) {
            readNode();
        }
        long length = input.readLength();
        if (length != stream.length()) {
            throw damaged("has not as many entries as it says");
        }
        StreamId lastId = readId();
        if (lastId.compareTo(last) < 0) {
            throw damaged("has an entry after its last id");
        }
        StreamState state = StreamState.of(stream).last(lastId).added(length);
        if (type != RdbType.STREAM_LISTPACKS) {
            // The id of the first entry, which shows by itself.
            readId();
            state.maxDeleted(readId()).added(input.readLength());
        }
        if (state.added() < 0) {
            throw damaged("says that more entries were added than can be");
        }
        state.store(stream);
        Groups groups = new Groups(stream);
        for (long count = input.readCount(5); count > 0; count--) {
            readGroup(groups, state);
        }
    }

    private StreamId readId() {
        return new StreamId(input.readLength(), input.readLength());
    }

    private void readNode() {
        Bytes key = input.readString(slot);
        if (key.length() != StreamId.LENGTH) {
            throw damaged("has a node without an id");
        }
        StreamId master = new StreamId(bigEndian(key, 0), bigEndian(key, Long.BYTES));
        node.open(input.readString(slot));
        long live = node.needInteger();
        long deleted = node.needInteger();
        long count = node.needInteger();
        masterFields.clear();
        for (long i = 0; i < count; i++) {
            node.need(word);
            masterFields.add(word.copy());
        }
        if (node.needInteger() != 0 || count <= 0) {
            throw damaged("has a node that does not begin as nodes do");
        }
        while (node.advance()) {
            if (readEntry(master, node.integer ? node.number : -1)) {
                live--;
            } else {
                deleted--;
            }
        }
        if (live != 0 || deleted != 0) {
            throw damaged("has a node with not as many entries as it says");
        }
    }

    private static long bigEndian(Bytes bytes, int at) {
        return Long.reverseBytes(LittleEndian.getLong(bytes.array(), bytes.offset() + at));
    }

    /** @return whether the entry has not been deleted */
    private boolean readEntry(StreamId master, long flags) {
        if (flags < 0 || flags > (StreamWriter.DELETED | StreamWriter.SAME_FIELDS)) {
            throw damaged("has an entry of no known kind");
        }
        StreamId id = new StreamId(master.milliseconds() + node.needInteger(), master.sequence() + node.needInteger());
        if (id.compareTo(last) <= 0) {
            throw damaged("has entries out of order");
        }
        last = id;
        boolean same = (flags & StreamWriter.SAME_FIELDS) != 0;
        long count = same ? masterFields.size() : node.needInteger();
        if (count <= 0) {
            throw damaged("has an entry without fields");
        }
        boolean live = (flags & StreamWriter.DELETED) == 0;
        fields.clear();
        for (long i = 0; i < count; i++) {
            Bytes field = same ? masterFields.get((int) i) : word;
            if (!same) {
                node.need(word);
            }
            node.need(other);
            if (live) {
                expanded += field.length() + other.length();
                if (expanded > ALWAYS_ALLOWED + GREATEST_RATIO * (input.position() - begin)) {
                    throw damaged("would take far more memory than its description");
                }
                fields.add(field).add(other);
            }
        }
        if (node.needInteger() != StreamWriter.elements(count, same)) {
            throw damaged("has an entry with a wrong number of elements");
        }
        if (live) {
            stream.add(id.milliseconds(), id.sequence(), fields.body());
            firstEntry = firstEntry == null ? id : firstEntry;
        }
        return live;
    }

    private void readGroup(Groups groups, StreamState state) {
        Bytes name = input.readString(slot);
        if (groups.find(name) != null) {
            throw damaged("has two groups of the same name");
        }
        Bytes kept = name.copy();
        StreamId lastDelivered = readId();
        long entriesRead = type == RdbType.STREAM_LISTPACKS ? estimate(lastDelivered, state) : input.readLength();
        if (entriesRead < -1) {
            throw damaged("has a group that has read more than can be");
        }
        Group group = groups.create(kept, lastDelivered, entriesRead);
        pending.read(input);
        for (long count = input.readCount(2 + Long.BYTES); count > 0; count--) {
            readConsumer(group);
        }
        if (!pending.allOwned()) {
            throw damaged("has a pending entry that is nobody's");
        }
    }

    /** Before version 10 nobody counted: only at both ends the number of entries up to an id is known. */
    private long estimate(StreamId id, StreamState state) {
        int toLast = id.compareTo(state.last());
        if (state.added() == 0 || toLast == 0 || toLast < 0 && firstEntry == null) {
            return state.added();
        }
        if (toLast > 0 || firstEntry == null) {
            return -1;
        }
        int toFirst = id.compareTo(firstEntry);
        return toFirst > 0 ? -1 : toFirst == 0 ? 1 : 0;
    }

    private void readConsumer(Group group) {
        Bytes name = input.readString(slot);
        if (group.consumer(name) != null) {
            throw damaged("has two consumers of the same name");
        }
        Bytes kept = name.copy();
        long seen = input.readLong();
        long active = type == RdbType.STREAM_LISTPACKS_3 ? input.readLong() : seen;
        Consumer consumer = group.createConsumer(kept, seen, active);
        StreamId before = null;
        for (long count = input.readCount(StreamId.LENGTH); count > 0; count--) {
            StreamId id = new StreamId(input.readBigEndian(), input.readBigEndian());
            if (before != null && id.compareTo(before) <= 0 || !pending.own(id)) {
                throw damaged("has a consumer with a pending entry that is not there or not its own");
            }
            before = id;
            group.deliver(id, consumer, pending.delivered(), pending.deliveries());
        }
    }

    static RdbException damaged(String how) {
        return new RdbException("A stream " + how);
    }
}
