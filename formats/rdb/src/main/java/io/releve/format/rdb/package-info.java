/**
 * Redis' RDB format: values as they stand in snapshots, in DUMP payloads and in full synchronisations, and whole files.
 * Read are values of the versions 6 to 12 and files of the versions 1 to 12, written those of 10 or 11.
 */
package io.releve.format.rdb;
