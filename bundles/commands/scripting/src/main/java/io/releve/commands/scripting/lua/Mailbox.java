package io.releve.commands.scripting.lua;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Bytes for scripts: a string of Lua that is written over, of which the sandbox cuts what is meant. Lua keeps equal strings
 * once, so the rest of it is nothing that a script could guess and get hold of the whole.
 */
final class Mailbox {
    static final int SIZE = 16 * 1024;
    private static final int SECRET = 32;

    private final long address;
    private int used;

    /** @param address of the string that was made of {@link #content} */
    Mailbox(long address) {
        this.address = address;
    }

    /** What the string is made of. */
    static String content() {
        byte[] random = new byte[SIZE + SECRET];
        new SecureRandom().nextBytes(random);
        return new String(random, StandardCharsets.ISO_8859_1);
    }

    void clear() {
        used = 0;
    }

    boolean fits(int length) {
        return length <= SIZE - used;
    }

    void put(byte[] bytes, int offset, int length) {
        LuaMemory.copy(bytes, offset, address + used, length);
        used += length;
    }
}
