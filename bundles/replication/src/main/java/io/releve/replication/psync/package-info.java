/** Replication by the PSYNC protocol (redis.io, Replication). */
package io.releve.replication.psync;
