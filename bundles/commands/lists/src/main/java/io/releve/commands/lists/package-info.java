/** The list commands. */
package io.releve.commands.lists;
