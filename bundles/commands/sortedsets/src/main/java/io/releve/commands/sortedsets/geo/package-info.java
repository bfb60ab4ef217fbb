/** The commands on places, which are sorted sets whose scores are geohashes. */
package io.releve.commands.sortedsets.geo;
