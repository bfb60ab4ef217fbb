package io.releve.keyspace.chronicle;

import io.releve.keyspace.Type;
import io.releve.keyspace.chronicle.collection.Structures;
import io.releve.keyspace.chronicle.directory.Record;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.PageAllocator;
import io.releve.keyspace.chronicle.memory.Memory;

/** Copies of records: as they are, for one that gets another key, or with pages of their own. */
final class RecordCopies {
    private static final int STRING = Type.STRING.ordinal();
    /** What of a record's flags belongs to its value. */
    private static final int VALUE_FLAGS = Record.RAW | Record.PAGED | Record.COMPACT | Record.OUTSIDE;

    private final PageAllocator pages;
    private final Contents contents;
    private final Structures structures;

    RecordCopies(Storage storage) {
        pages = storage.pages();
        contents = storage.contents();
        structures = storage.structures();
    }

    /** Bytes of a record's body that mean something. */
    static int bodyLength(long record) {
        boolean isNumber = Record.type(record) == STRING && Record.encoding(record) == Record.NUMBER;
        return isNumber || Record.is(record, Record.PAGED) ? Strings.MIN_BODY : Record.length(record);
    }

    /** Copies a record, with what it refers to if {@code ownPages}; nothing is kept when there is no room for that. */
    void copy(long source, long copy, boolean ownPages) {
        Memory.copy(source, copy, Record.prefix(Record.flags(source)) + bodyLength(source));
        if (ownPages) {
            copyContent(source, copy);
        }
    }

    /** Gives a copied record pages of its own. */
    private void copyContent(long source, long copy) {
        boolean paged = Record.is(source, Record.PAGED);
        if (Record.type(source) == STRING) {
            if (paged) {
                Record.pages(copy, contents.copy(Record.pages(source), Record.length(source)));
            }
            return;
        }
        boolean outside = Record.is(source, Record.OUTSIDE);
        if (outside) {
            structures.ensureOutside(paged ? pages.content(Record.pages(source)) : Record.body(source),
                    Record.length(source));
        }
        if (paged) {
            Record.pages(copy, structures.copy(source));
        }
        if (outside && Record.isCompact(source)) {
            structures.copyOutside(paged ? pages.edit(Record.pages(copy)) : Record.body(copy), Record.length(source));
        }
    }

    /** Writes the value of a record into a draft that has another key. */
    static void write(long record, long draft, int access) {
        Record.access(draft, access);
        Record.encoding(draft, Record.encoding(record));
        Record.length(draft, Record.length(record));
        Record.flags(draft, Record.flags(draft) | Record.flags(record) & VALUE_FLAGS);
        Memory.copy(Record.body(record), Record.body(draft), bodyLength(record));
    }
}
