package io.releve.perf.compare;

/**
 * Resident memory of a process, bytes.
 *
 * @param rss VmRSS. ZGC on Java 17 maps the heap three times, and this counts each mapping.
 * @param total every page once (Pss of smaps_rollup): the figure to compare
 * @param anonymous RssAnon
 * @param file RssFile: mapped files, the data of Relève among them where its directory is on a disk
 * @param shared RssShmem: ZGC's heap, three times; also mapped files of a tmpfs
 * @param data mapped files in the data directory
 */
record Resident(long rss, long total, long anonymous, long file, long shared, long data) {

    Resident minus(Resident other) {
        return new Resident(rss - other.rss, total - other.total, anonymous - other.anonymous, file - other.file,
                shared - other.shared, data - other.data);
    }
}
