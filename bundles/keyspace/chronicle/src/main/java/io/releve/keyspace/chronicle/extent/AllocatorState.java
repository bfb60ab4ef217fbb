package io.releve.keyspace.chronicle.extent;

/**
 * What is written down about the pages at a clean stop.
 *
 * @param blocks number of blocks
 * @param used bytes in pages that are in use
 * @param wholeBlocks free blocks
 * @param heads first free page of every size class
 */
public record AllocatorState(int blocks, long used, int wholeBlocks, int epoch, long[] heads) {
}
