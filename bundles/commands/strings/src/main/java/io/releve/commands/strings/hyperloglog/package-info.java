/** Strings that count distinct elements (redis.io, HyperLogLog), in Redis' own representation. */
package io.releve.commands.strings.hyperloglog;
