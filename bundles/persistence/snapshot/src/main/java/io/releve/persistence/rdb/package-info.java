/** Snapshots in RDB files: save points, SAVE and BGSAVE, and loading at start. */
package io.releve.persistence.rdb;
