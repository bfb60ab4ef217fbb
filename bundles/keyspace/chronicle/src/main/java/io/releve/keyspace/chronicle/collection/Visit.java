package io.releve.keyspace.chronicle.collection;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.extent.Contents;
import io.releve.keyspace.chronicle.extent.Unpacker;
import io.releve.keyspace.chronicle.memory.Scratch;

/** What one walk through a collection needs: a page on the heap, and views of two strings. */
final class Visit {
    final Scratch page = new Scratch();
    final Unpacker first;
    final Unpacker second;
    final Bytes key = new Bytes();
    final Bytes value = new Bytes();

    Visit(Contents contents) {
        first = new Unpacker(contents);
        second = new Unpacker(contents);
    }

    void trim(int length) {
        page.trim(length);
        first.trim(length);
        second.trim(length);
    }
}
