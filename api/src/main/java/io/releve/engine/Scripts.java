package io.releve.engine;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an engine keeps for scripts: their sources and the libraries of functions, as bytes. Whoever understands them may go
 * and come back. With the turn, unless a method says otherwise.
 */
@ProviderType
public interface Scripts {
    /** Source of a script that was loaded or run, or null. @param sha its SHA-1, 40 hex digits in lower case */
    byte[] source(String sha);

    /** Keeps a source under its SHA-1, until {@link #flush}. */
    void keep(String sha, byte[] source);

    /** Forgets all sources. */
    void flush();

    /** Number of sources kept. */
    int count();

    /** Bytes of the sources kept. */
    long bytes();

    /** Libraries of functions as they stand in an RDB file, in the order in which they came. */
    List<byte[]> libraries();

    /** Changes whenever the libraries have changed, whoever did it. */
    long librariesVersion();

    /** Takes up a library in the place of one that has the same name. */
    void addLibrary(String name, byte[] source);

    void removeLibrary(String name);

    void clearLibraries();

    /**
     * Runs something while no script runs, from a thread without the turn; not at all when one does not end soon, which is
     * asked to end.
     */
    void exclusively(Runnable work);

    /** The script that is running and has answered for so long that others hear {@code -BUSY}, or null. */
    Script running();
}
