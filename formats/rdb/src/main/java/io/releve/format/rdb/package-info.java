/**
 * Redis' RDB format: the encoding of values in snapshots, in DUMP payloads and in full synchronisations. Read are the
 * types of the versions 6 to 12, written those of 10 or 11.
 */
package io.releve.format.rdb;
