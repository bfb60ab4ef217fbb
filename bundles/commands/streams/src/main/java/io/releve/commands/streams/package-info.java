/** The commands on streams (redis.io, Streams). */
package io.releve.commands.streams;
