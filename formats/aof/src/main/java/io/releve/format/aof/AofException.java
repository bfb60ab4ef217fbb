package io.releve.format.aof;

/** An append-only file or its manifest is damaged: what is wrong, in one sentence, and where. No stack trace. */
public final class AofException extends RuntimeException {
    private final long offset;

    /** @param offset byte of the file, or the line of a manifest, counted from 1 */
    public AofException(String sentence, long offset) {
        super(sentence, null, false, false);
        this.offset = offset;
    }

    /** The byte of the file at which it is damaged, or the line of a manifest. */
    public long offset() {
        return offset;
    }
}
