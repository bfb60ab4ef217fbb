/** The commands on channels. */
package io.releve.commands.pubsub;
