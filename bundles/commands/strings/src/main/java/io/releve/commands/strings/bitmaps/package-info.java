/** Strings as arrays of bits (redis.io, Bitmaps). */
package io.releve.commands.strings.bitmaps;
