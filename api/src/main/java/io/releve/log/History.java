package io.releve.log;

/**
 * A place in a history of changes (redis.io, Replication).
 *
 * @param id 40 hexadecimal digits
 * @param position offset after the last change
 * @param clean whether nothing can have come after it: the server was stopped in good order there
 */
public record History(String id, long position, boolean clean) {
}
