package io.releve.replication;

import java.util.Objects;

/**
 * What a server is at the moment, and what its clients may do therefore.
 *
 * @param replica whether it follows a master: nothing expires and nothing is evicted of its own accord then
 * @param writesRefused the error for commands that write, or null
 * @param staleRefused the error for commands that are not allowed on stale data, or null
 * @param evicts whether {@code maxmemory} is observed
 * @param held whether what reads or writes data is not run for now, and not answered
 */
public record Standing(boolean replica, String writesRefused, String staleRefused, boolean evicts, boolean held) {
    /** A master whose clients may do everything. */
    public static final Standing MASTER = new Standing(false, null, null, true, false);

    /** Written out: what a record has of itself is linked when it is called first, which would be a tenth of an embedded start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Standing that && replica == that.replica && evicts == that.evicts && held == that.held
                && Objects.equals(writesRefused, that.writesRefused) && Objects.equals(staleRefused, that.staleRefused);
    }

    @Override
    public int hashCode() {
        return Objects.hash(replica, writesRefused, staleRefused, evicts, held);
    }
}
