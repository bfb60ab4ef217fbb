package io.releve.lab;

/**
 * One change of the master.
 *
 * @param promotedMs from the event until the other server says that it leads; null if it never did
 * @param gapMs longest time without an answered write, from the event until all are of one mind again
 * @param backMs from the start of the old master's server (the healing of its link, its continuing, the switch of the roles)
 *        until it is a replica with everything; null if it did not become one
 * @param resync full or partial; null if it did not take place
 */
record Change(Long promotedMs, long gapMs, Long backMs, String resync) {
}
