package io.releve.log;

import io.releve.bytes.Bytes;
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
        /** What keeps a link alive or asks for an acknowledgement: part of the stream of bytes, changes no data. */
        CONTROL,
        /** A request as a client sent it, for MONITOR alone. */
        REQUEST
    }

    Kind kind();

    /** Position before this entry. */
    long start();

    /** Position after this entry. */
    long position();

    /** Database the effect belongs to. */
    int database();

    /** Number of entries that follow in the same atomic group; 0 for the last or only one. */
    int remainingInGroup();

    /** The command and its arguments. */
    Arguments effect();

    /**
     * The entry's bytes in the stream, from {@link #start} to {@link #position}: the request in RESP, with a SELECT before
     * it where the database changes, a MULTI before the first and an EXEC behind the last of a group. Empty for a
     * {@link Kind#REQUEST}.
     */
    Bytes stream();
}
