package io.releve.persistence.segments;

import io.releve.log.History;
import java.nio.file.Path;

/**
 * Where the journal ends and goes on.
 *
 * @param offset byte of the last segment
 * @param check of the last frame, or what the header has in its place
 */
record Tail(Path path, SegmentHeader header, long offset, int check, History history) {
}
