package io.releve.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Files as those who must not lose anything see them; injected, so that tests can cut the power. What is not
 * {@link File#force forced} may be lost, in any order and in part; a name that was created, renamed or removed is certain
 * only after {@link #syncDirectory}. Any thread.
 */
@ConsumerType
public interface Disk {
    /** Opens a file for adding at its end; it is made when it is not there. */
    File append(Path path) throws IOException;

    /** Makes an empty file, in the place of one that is there. */
    File create(Path path) throws IOException;

    /** Reads a file from its start. Reading goes on at bytes that were added meanwhile. */
    InputStream read(Path path) throws IOException;

    /** Reads up to {@code length} bytes from {@code offset} on; fewer at the end of the file. */
    byte[] read(Path path, long offset, int length) throws IOException;

    boolean exists(Path path);

    /** Length in bytes. */
    long size(Path path) throws IOException;

    /** When the content was last changed, ms since the epoch. */
    long modified(Path path) throws IOException;

    /** Names in a directory, in no order; empty when it is not there. */
    List<Path> list(Path directory) throws IOException;

    /** Makes a directory and those above it, unless they are there; their names are certain afterwards. */
    void createDirectories(Path directory) throws IOException;

    /** Gives a file another name, in the place of what has it; at no moment is there neither. */
    void rename(Path from, Path to) throws IOException;

    /** Removes a file, or a directory with nothing in it; nothing happens when it is not there. */
    void delete(Path path) throws IOException;

    /** Makes the names in a directory certain. */
    void syncDirectory(Path directory) throws IOException;

    /** A file open for writing. One thread at a time. */
    @ConsumerType
    interface File extends AutoCloseable {
        /** Writes all bytes that remain at the end; when it fails some of them may have been written. */
        void write(ByteBuffer bytes) throws IOException;

        /** Waits until the content is on the disk. */
        void force() throws IOException;

        /** Cuts off what is beyond {@code length}; certain after {@link #force}. */
        void truncate(long length) throws IOException;

        long size() throws IOException;

        @Override
        void close() throws IOException;
    }
}
