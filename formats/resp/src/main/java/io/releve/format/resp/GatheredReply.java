package io.releve.format.resp;

import io.releve.command.Reply;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Replies that are not written to a connection as they come but taken as one byte array. */
public final class GatheredReply {
    private final ByteArrayOutputStream spilled = new ByteArrayOutputStream(0);
    private final ReplyBuffer buffer = new ReplyBuffer((bytes, length) -> spilled.write(bytes, 0, length));

    /** Begins anew, for a protocol version. */
    public Reply begin(int protocol) {
        spilled.reset();
        buffer.clear();
        buffer.protocol(protocol);
        return buffer;
    }

    /** Everything written since {@link #begin}. */
    public byte[] take() {
        if (spilled.size() == 0) {
            return Arrays.copyOf(buffer.array(), buffer.length());
        }
        spilled.write(buffer.array(), 0, buffer.length());
        byte[] all = spilled.toByteArray();
        spilled.reset();
        return all;
    }
}
