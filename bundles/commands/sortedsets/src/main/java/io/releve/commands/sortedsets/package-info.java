/** The commands on sorted sets. */
package io.releve.commands.sortedsets;
