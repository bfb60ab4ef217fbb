package io.releve.keyspace.chronicle.extent;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.memory.Memory;
import io.releve.keyspace.chronicle.memory.Packed;
import io.releve.keyspace.chronicle.memory.Scratch;

/** Brings packed strings onto the heap. What it hands out is valid until its next use. */
public final class Unpacker {
    private final Contents contents;
    private final Scratch scratch = new Scratch();

    public Unpacker(Contents contents) {
        this.contents = contents;
    }

    /** Copies a packed string, wherever it lies. */
    public void read(long at, Bytes target) {
        int length = Packed.length(at);
        byte[] array = scratch.atLeast(length);
        if (Packed.isOutside(at)) {
            contents.read(Packed.reference(at), 0, array, 0, length);
        } else {
            Memory.copy(at + Packed.header(at), array, 0, length);
        }
        target.set(array, 0, length);
    }

    /** Copies plain memory. */
    public void read(long at, int length, Bytes target) {
        byte[] array = scratch.atLeast(length);
        Memory.copy(at, array, 0, length);
        target.set(array, 0, length);
    }

    /**
     * Moves a view onto a packed string in a page that is on the heap already; only what lies elsewhere is copied.
     *
     * @return the position behind the string or its stand-in
     */
    public int read(byte[] page, int at, Bytes target) {
        int length = Packed.length(page, at);
        int header = Packed.header(page, at);
        if (Packed.isOutside(page, at)) {
            byte[] array = scratch.atLeast(length);
            contents.read(Packed.reference(page, at), 0, array, 0, length);
            target.set(array, 0, length);
            return at + header;
        }
        target.set(page, at + header, length);
        return at + header + length;
    }

    /** Lets go of a large array. */
    public void trim(int length) {
        scratch.trim(length);
    }
}
