package io.releve.embedded.core;

import io.releve.format.resp.ReplyBuffer;
import java.util.Arrays;

/** What requests are answered, in one array that is used again. */
final class Output {
    /** Arrays longer than this are not kept. */
    private static final int KEPT = 1 << 20;

    final ReplyBuffer reply = new ReplyBuffer(this::spill);
    private byte[] spilled = {};
    private int spilledLength;

    private void spill(byte[] bytes, int length) {
        if (spilled.length - spilledLength < length) {
            spilled = Arrays.copyOf(spilled, (int) Math.min(Integer.MAX_VALUE - 16L,
                    Math.max(2L * spilled.length, (long) spilledLength + length)));
        }
        System.arraycopy(bytes, 0, spilled, spilledLength, length);
        spilledLength += length;
    }

    /** Adds bytes that were answered late. */
    void append(byte[] bytes) {
        gathered();
        spill(bytes, bytes.length);
    }

    void clear(int protocol) {
        reply.clear();
        reply.protocol(protocol);
        spilledLength = 0;
        if (spilled.length > KEPT) {
            spilled = new byte[0];
        }
    }

    int length() {
        return spilledLength + reply.length();
    }

    /** Everything since {@link #clear}; valid up to {@link #length}. */
    byte[] array() {
        if (spilledLength == 0) {
            return reply.array();
        }
        return gathered();
    }

    private byte[] gathered() {
        int rest = reply.length();
        if (rest > 0) {
            byte[] bytes = reply.array();
            spill(bytes, rest);
            reply.clear();
        }
        return spilled;
    }
}
