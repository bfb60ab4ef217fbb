package io.releve.keyspace.chronicle;

import io.releve.keyspace.chronicle.extent.AllocatorState;
import java.util.List;

/**
 * What is written down about a keyspace at a clean stop.
 *
 * @param identity of the data, as given by the engine
 * @param bootId of the kernel that ran; the files are complete in its page cache, perhaps not on the disk
 * @param synced whether the files are complete on the disk
 * @param seeds of the hash of keys
 * @param secret of the digests of long keys
 * @param directories how many directories have had a name
 */
record KeyspaceState(long identity, String bootId, boolean synced, long[] seeds, byte[] secret, int directories,
        AllocatorState pages, List<DatabaseState> databases) {
}
