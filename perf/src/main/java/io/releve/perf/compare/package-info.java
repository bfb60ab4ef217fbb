/**
 * Side-by-side runs with a real redis-server. Everything is measured in rounds in which the two servers take turns, so
 * that what else the machine does hits both alike; what counts are the ratios within a round.
 */
package io.releve.perf.compare;
