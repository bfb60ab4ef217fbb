/** What sentinels and servers of ours tell each other about who leads (docs/sentinel-protocol.md). */
package io.releve.format.guard;
