package io.releve.embedded;

import java.util.Map;

/**
 * What of a consumer group is pending.
 *
 * @param lowest id, null when nothing is pending; likewise the highest
 * @param byConsumer how many entries of each consumer
 */
public record PendingSummary(long count, String lowest, String highest, Map<String, Long> byConsumer) {
    static final Decoder<PendingSummary> DECODER = reply -> {
        Map<String, Long> consumers = Decoders.mapOf(Decoders.INTEGER).decode(reply.list().get(3));
        return new PendingSummary(reply.list().get(0).integer(), reply.list().get(1).text(), reply.list().get(2).text(),
                consumers == null ? Map.of() : consumers);
    };
}
