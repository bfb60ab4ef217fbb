package io.releve.log;

import io.releve.command.Arguments;
import org.osgi.annotation.versioning.ProviderType;

/** One entry of the change log. Valid during the call that hands it out. */
@ProviderType
public interface Entry {
    /** What an entry is about. */
    enum Kind {
        /** A change of the data: the arguments are a command whose effect does not depend on when it runs. */
        EFFECT,
        /** A published message: PUBLISH or SPUBLISH. */
        MESSAGE,
        /** A request as a client sent it, for MONITOR alone. */
        REQUEST
    }

    Kind kind();

    /** Position after this entry. */
    long position();

    /** Database the effect belongs to. */
    int database();

    /** Number of entries that follow in the same atomic group; 0 for the last or only one. */
    int remainingInGroup();

    /** The command and its arguments. */
    Arguments effect();
}
