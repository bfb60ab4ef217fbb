package io.releve.command;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Finds the keys of a request of one command: where an option decides, or where their places have no description. */
@ConsumerType
@FunctionalInterface
public interface KeyFinder {
    /** The keys, with what this request does with them; null when it contradicts the syntax. */
    List<KeyPositions.Found> find(Arguments request);
}
