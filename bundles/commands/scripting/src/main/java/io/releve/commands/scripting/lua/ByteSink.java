package io.releve.commands.scripting.lua;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes that grow, with numbers in the order of the network or the other one. */
final class ByteSink extends ByteArrayOutputStream {
    void text(String latin1) {
        bytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    void bytes(byte[] some) {
        write(some, 0, some.length);
    }

    void number(long value, int size, boolean littleEndian) {
        for (int i = 0; i < size; i++) {
            int shift = Byte.SIZE * (littleEndian ? i : size - 1 - i);
            // what is longer than a long is filled with its sign
            write((int) (shift < Long.SIZE ? value >> shift : value >> Long.SIZE - 1));
        }
    }

    void bigEndian(long value, int size) {
        number(value, size, false);
    }
}
