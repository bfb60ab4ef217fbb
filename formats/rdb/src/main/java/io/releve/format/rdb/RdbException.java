package io.releve.format.rdb;

/**
 * The bytes are no RDB, or damaged, or of a kind that is not supported: what is wrong, in one sentence. No stack trace.
 */
public final class RdbException extends RuntimeException {
    private final long offset;

    public RdbException(String sentence) {
        this(sentence, -1);
    }

    /** @param offset byte of the file up to which it had been read */
    public RdbException(String sentence, long offset) {
        super(sentence, null, false, false);
        this.offset = offset;
    }

    /** The byte of a file up to which it had been read, or -1 when it was not a file that was read. */
    public long offset() {
        return offset;
    }
}
