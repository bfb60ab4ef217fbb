/** The commands on keys and databases, whatever the type of the values. */
package io.releve.commands.keys;
