package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.chronicle.directory.DirectoryMap;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.memory.Memory;

/** How strings are put into records. */
final class Strings {
    /** Longest content inside a record, in bytes; what is longer goes to pages. */
    static final int INLINE = 192;
    /** Smallest body: a number or a reference. */
    static final int MIN_BODY = 8;

    /** A body may be larger than its content by this much. */
    private static final int SLACK = 64;

    private Strings() {
    }

    /** Bytes of a record with this body: what the entry's last chunk has over is capacity. */
    static int recordSize(int keyLength, int prefix, int body) {
        int size = prefix + Math.max(body, MIN_BODY);
        int chunks = DirectoryMap.chunks(Entry.size(keyLength, size));
        while (DirectoryMap.chunks(Entry.size(keyLength, size + 1)) == chunks) {
            size++;
        }
        return size;
    }

    static boolean isNumber(Bytes content) {
        return content.length() <= Numbers.MAX_INTEGER_LENGTH && Numbers.isInteger(content);
    }

    /** Bytes of body that a content takes. */
    static int bodyLength(Bytes content) {
        return content.length() > INLINE || isNumber(content) ? MIN_BODY : content.length();
    }

    /** Writes a content into a record that is large enough; what needs pages has {@code pages}, else 0. */
    static void write(long record, int keptFlags, Bytes content, long pages) {
        int flags = Record.flags(record) & keptFlags;
        Record.length(record, content.length());
        Record.encoding(record, Record.TEXT);
        long body = record + Record.prefix(flags);
        if (pages != 0) {
            flags |= Record.PAGED;
            Memory.putLong(body, pages);
        } else if (isNumber(content)) {
            Record.encoding(record, Record.NUMBER);
            Memory.putLong(body, Numbers.integer(content));
        } else {
            Memory.copy(content.array(), content.offset(), body, content.length());
        }
        Record.flags(record, flags);
    }

    /** Puts a new content in the place of the old one; @return whether it fits */
    static boolean overwrite(Contents contents, long entry, Bytes content) {
        long record = Entry.record(entry);
        int flags = Record.flags(record);
        int length = content.length();
        if ((flags & Record.PAGED) != 0) {
            long reference = Memory.getLong(Record.body(record));
            long capacity = contents.capacity(reference);
            if (length <= INLINE || length > capacity || capacity - length > length) {
                return false;
            }
            contents.write(reference, 0, content.array(), content.offset(), length);
            Record.length(record, length);
            Record.flags(record, flags & ~Record.RAW);
            return true;
        }
        int capacity = Entry.recordSize(entry) - Record.prefix(flags);
        int needed = bodyLength(content);
        if (length > INLINE || needed > capacity || capacity - needed > SLACK) {
            return false;
        }
        write(record, Record.LONG_KEY, content, 0);
        return true;
    }

    /** Stores a content in pages if it is too long for a record; @return their reference or 0 */
    static long page(Contents contents, Bytes content) {
        if (content.length() <= INLINE) {
            return 0;
        }
        long reference = contents.allocate(content.length());
        contents.write(reference, 0, content.array(), content.offset(), content.length());
        return reference;
    }

    /** The pages of a record's content, or 0. */
    static long contentPages(long record) {
        return Record.is(record, Record.PAGED) ? Memory.getLong(Record.body(record)) : 0;
    }
}
