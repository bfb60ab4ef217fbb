package io.releve.command;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service: the commands of one bundle. Engines take up every set in the registry; a set may come, go and be exchanged
 * while clients are served. Where two sets offer the same name, the one with the higher service ranking, then of the
 * bundle with the higher version, then the older one is used.
 */
@ConsumerType
public interface CommandSet {
    /** Short name for people, for example {@code strings}. */
    String name();

    List<Command> commands();
}
