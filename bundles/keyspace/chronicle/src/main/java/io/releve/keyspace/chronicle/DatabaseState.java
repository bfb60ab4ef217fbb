package io.releve.keyspace.chronicle;

import io.releve.keyspace.chronicle.directory.DirectoryState;
import io.releve.keyspace.chronicle.expiry.ExpiryState;

/**
 * What is written down about a database at a clean stop.
 *
 * @param index its number
 * @param references number of contents and keys in pages
 */
record DatabaseState(int index, DirectoryState directory, long references, ExpiryState expiry) {
}
