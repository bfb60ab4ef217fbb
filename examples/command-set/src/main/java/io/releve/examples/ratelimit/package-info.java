/** A command set of one's own: limits of how often something may be done. */
package io.releve.examples.ratelimit;
