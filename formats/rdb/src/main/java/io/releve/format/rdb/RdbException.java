package io.releve.format.rdb;

/**
 * The bytes are no RDB, or damaged, or of a kind that is not supported: what is wrong, in one sentence. No stack trace.
 */
public final class RdbException extends RuntimeException {
    public RdbException(String sentence) {
        super(sentence, null, false, false);
    }
}
