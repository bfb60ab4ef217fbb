/** A journal in segments: the stream of changes in frames with checksums, on top of a base that is an RDB. */
package io.releve.persistence.segments;
