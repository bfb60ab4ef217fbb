package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Reply;
import java.util.Arrays;

/** Copies of keys, one after the other. */
final class KeyBatch {
    private byte[] content = new byte[512];
    private int[] ends = new int[16];
    private int size;

    void add(Bytes key) {
        int start = size == 0 ? 0 : ends[size - 1];
        int end = Math.addExact(start, key.length());
        if (end > content.length) {
            content = Arrays.copyOf(content, (int) Math.min(Integer.MAX_VALUE - 8, end * 2L));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        key.copyTo(0, content, start, key.length());
        ends[size++] = end;
    }

    /** Writes them as an array. */
    void write(Reply reply) {
        reply.array(size);
        int start = 0;
        for (int i = 0; i < size; i++) {
            reply.bulk(content, start, ends[i] - start);
            start = ends[i];
        }
    }
}
