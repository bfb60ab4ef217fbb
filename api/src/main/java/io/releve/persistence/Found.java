package io.releve.persistence;

import io.releve.log.History;

/**
 * What a journal or a snapshot on disk holds, found without loading it.
 *
 * @param description a few words for the log, for example {@code append-only file appendonlydir/...}
 * @param fingerprint stands for this content: another content has another one, and 0 means that it cannot be told without
 *                    loading (after a crash). A keyspace that was closed with it holds the same data
 * @param history the place in the log it belongs to, or null when it is not known without loading
 */
public record Found(String description, long fingerprint, History history) {
}
