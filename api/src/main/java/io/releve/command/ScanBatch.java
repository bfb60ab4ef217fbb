package io.releve.command;

import io.releve.bytes.Bytes;
import java.util.Arrays;

/**
 * What one step of SCAN, HSCAN, SSCAN or ZSCAN found. The next cursor stands before the elements in the reply but is
 * known only after the walk, so they wait here, copied.
 */
public final class ScanBatch {
    private byte[] content = new byte[512];
    private int[] ends = new int[16];
    private int size;

    public void add(Bytes element) {
        int start = size == 0 ? 0 : ends[size - 1];
        int end = Math.addExact(start, element.length());
        if (end > content.length) {
            content = Arrays.copyOf(content, (int) Math.min(Integer.MAX_VALUE - 8, end * 2L));
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, size * 2);
        }
        element.copyTo(0, content, start, element.length());
        ends[size++] = end;
    }

    /** Answers with the next cursor and the elements. */
    public void write(Reply reply, long cursor) {
        reply.array(2);
        reply.bulk(Long.toUnsignedString(cursor));
        reply.array(size);
        int start = 0;
        for (int i = 0; i < size; i++) {
            reply.bulk(content, start, ends[i] - start);
            start = ends[i];
        }
    }
}
