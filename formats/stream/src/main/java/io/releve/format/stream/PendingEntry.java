package io.releve.format.stream;

/**
 * An entry that was delivered and not acknowledged.
 *
 * @param id the entry
 * @param consumer number of the consumer that has it, see {@link Group#consumerName}
 * @param delivered when it was last delivered, ms since the epoch
 * @param deliveries how often
 */
public record PendingEntry(StreamId id, int consumer, long delivered, long deliveries) {
    void write(Record record) {
        record.putInt(consumer).putLong(delivered).putLong(deliveries);
    }

    static PendingEntry read(StreamId id, Record record) {
        return new PendingEntry(id, record.getInt(), record.getLong(), record.getLong());
    }
}
