/**
 * A journal of one's own: records with a length and a checksum, in one file until the next base is written.
 */
package io.releve.examples.journal;
