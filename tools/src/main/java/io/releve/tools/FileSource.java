package io.releve.tools;

import io.releve.format.rdb.RdbInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is read from its beginning, with a bar that shows how far. */
final class FileSource implements RdbInput.Source, AutoCloseable {
    private final InputStream in;
    private final ProgressBar bar;
    private final long size;
    private long done;

    FileSource(Path file, ProgressBar bar) throws IOException {
        this.bar = bar;
        in = Files.newInputStream(file);
        size = Files.size(file);
        bar.begin(size);
    }

    /** Bytes of the file. */
    long size() {
        return size;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        try {
            int count = in.read(target, from, length);
            done += Math.max(0, count);
            bar.show(done);
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        bar.clear();
    }
}
