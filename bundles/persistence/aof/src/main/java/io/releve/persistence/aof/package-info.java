/**
 * The append-only file: a base and increments in a folder, with a manifest that names them, as Redis 7 writes them
 * (redis.io, Persistence).
 */
package io.releve.persistence.aof;
