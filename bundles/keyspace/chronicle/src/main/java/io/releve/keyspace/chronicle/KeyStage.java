package io.releve.keyspace.chronicle;

import io.releve.bytes.Bytes;
import io.releve.keyspace.chronicle.directory.Directory;
import io.releve.keyspace.chronicle.directory.Entry;
import io.releve.keyspace.chronicle.memory.KeyHash;
import io.releve.keyspace.chronicle.memory.Memory;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A key as the directory knows it: itself, or for one longer than {@link Directory#MAX_KEY} bytes the SHA-256 of a
 * secret and the key, so that nobody can make two keys meet.
 */
final class KeyStage {
    private static final int DIGEST = 32;

    private final KeyHash hashing;
    private final byte[] secret;
    private final MessageDigest digest;
    private final byte[] digested = new byte[DIGEST];
    private final long nativeCopy = Memory.allocate(Directory.MAX_KEY);
    private final Bytes digestView = new Bytes(digested);
    private final Bytes view = new Bytes();
    /** Where the bytes are. Written only when it is another: writing a reference takes longer than comparing. */
    private Bytes bytes = digestView;
    private int length;
    private long hash;
    private boolean isLong;

    KeyStage(KeyHash hashing, byte[] secret) {
        this.hashing = hashing;
        this.secret = secret;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyStage set(Bytes key) {
        isLong = key.length() > Directory.MAX_KEY;
        if (isLong) {
            digest(key);
        }
        Bytes used = isLong ? digestView : key;
        if (bytes != used) {
            bytes = used;
        }
        length = used.length();
        hash = hashing.hash(used.array(), offset(), length);
        return this;
    }

    private void digest(Bytes key) {
        try {
            digest.update(secret);
            digest.update(key.array(), key.offset(), key.length());
            digest.digest(digested, 0, DIGEST);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies an entry's key to {@link #nativeKey}; what {@link #array} gives is another. */
    KeyStage setNative(long entry) {
        length = Entry.keyLength(entry);
        Memory.copy(Entry.key(entry), nativeCopy, length);
        hash = hashing.hash(null, nativeCopy, length);
        return this;
    }

    byte[] array() {
        return bytes.array();
    }

    /** What the directory has for the key, valid as long as the key that was set. */
    Bytes directoryKey() {
        return view.set(bytes.array(), bytes.offset(), length);
    }

    /** Of the first byte in {@link #array}, as {@link Memory} counts. */
    long offset() {
        return Memory.ARRAY + bytes.offset();
    }

    int length() {
        return length;
    }

    long hash() {
        return hash;
    }

    /** Whether the directory has the digest only. */
    boolean isLong() {
        return isLong;
    }

    /** Copies the key out of the heap; @return where it is until the next use of this stage */
    long copy() {
        Memory.copy(bytes.array(), bytes.offset(), nativeCopy, length);
        return nativeCopy;
    }

    /** Where {@link #setNative} has put the key. */
    long nativeKey() {
        return nativeCopy;
    }

    void close() {
        Memory.free(nativeCopy);
    }
}
