package io.releve.embedded;

/** Options of SCAN, HSCAN, SSCAN and ZSCAN. */
public final class ScanParams extends Params<ScanParams> {
    /** Only what matches a glob-style pattern. */
    public ScanParams match(String pattern) {
        return with("MATCH", pattern);
    }

    /** Only what matches a glob-style pattern. */
    public ScanParams match(byte[] pattern) {
        return with("MATCH", pattern);
    }

    /** How much work a step is to do; a hint. */
    public ScanParams count(long hint) {
        return with("COUNT", hint);
    }

    /** Only keys of a type; SCAN alone. */
    public ScanParams type(String type) {
        return with("TYPE", type);
    }
}
