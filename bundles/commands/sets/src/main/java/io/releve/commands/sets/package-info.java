/** The set commands. */
package io.releve.commands.sets;
