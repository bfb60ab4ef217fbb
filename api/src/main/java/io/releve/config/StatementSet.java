package io.releve.config;

import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service: lines of the configuration file that are no settings, since one part alone reads and writes them
 * ({@code sentinel monitor ...}). A word that begins with {@code releve-} names lines in comments, {@code # releve-x ...},
 * which Redis leaves alone.
 */
@ConsumerType
public interface StatementSet {
    /** The first words of the lines, lower case. */
    Set<String> words();

    /**
     * Takes up all of its lines, in the order in which they were read. Called once, before {@link Settings} is there;
     * also when there are none.
     *
     * @throws Statement.WrongException about the first line that cannot be accepted: the process does not start
     */
    void read(List<Statement> statements) throws Statement.WrongException;

    /** Whether its lines may also stand in included files and on the command line, though only the file is rewritten. */
    default boolean mayStandElsewhere() {
        return false;
    }

    /**
     * What the file is to say, when {@link Settings#rewrite} writes it. A line takes the place of the first old one with
     * the same {@linkplain #key key} that has not been taken; others go to the end, and old lines with a key that are not
     * taken go away.
     */
    List<String> lines();

    /**
     * What a line is about, the same for all lines that may take each other's place; null for a line that stays as it is.
     *
     * @param words of an old line, or of one of {@link #lines}
     */
    String key(List<String> words);
}
