/**
 * Redis' append-only file: the manifest that names its parts (redis.io, Persistence, "Log rewriting"), the commands in
 * them, and values as the commands that make them.
 */
package io.releve.format.aof;
