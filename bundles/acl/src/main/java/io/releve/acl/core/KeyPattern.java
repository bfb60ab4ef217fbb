package io.releve.acl.core;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import java.nio.charset.StandardCharsets;

/**
 * Keys, and what may be done with them.
 *
 * @param text the pattern, one byte a character
 */
record KeyPattern(String text, Glob glob, boolean reads, boolean writes) {
    static KeyPattern of(String text, boolean reads, boolean writes) {
        return new KeyPattern(text, glob(text), reads, writes);
    }

    static Glob glob(String text) {
        return new Glob(new Bytes(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    KeyPattern with(boolean moreReads, boolean moreWrites) {
        return new KeyPattern(text, glob, reads || moreReads, writes || moreWrites);
    }

    boolean allows(boolean read, boolean write) {
        return (reads || !read) && (writes || !write);
    }

    boolean allows(Bytes key, boolean read, boolean write) {
        return allows(read, write) && glob.matches(key);
    }

    @Override
    public String toString() {
        return (reads && writes ? "~" : reads ? "%R~" : "%W~") + text;
    }
}
