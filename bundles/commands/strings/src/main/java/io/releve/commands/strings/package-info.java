/** The string commands. */
package io.releve.commands.strings;
