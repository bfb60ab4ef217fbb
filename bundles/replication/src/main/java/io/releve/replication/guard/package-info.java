/** What a server that sentinels watch may do: no clock, no sockets (docs/sentinel-protocol.md). */
package io.releve.replication.guard;
