/** The hash commands. */
package io.releve.commands.hashes;
