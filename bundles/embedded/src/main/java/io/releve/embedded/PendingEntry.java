package io.releve.embedded;

import java.util.List;

/** An entry that was delivered to a consumer and not acknowledged; idle in milliseconds since. */
public record PendingEntry(String id, String consumer, long idle, long deliveries) {
    static final Decoder<List<PendingEntry>> LIST = Decoders.listOf(reply -> new PendingEntry(reply.list().get(0).text(),
            reply.list().get(1).text(), reply.list().get(2).integer(), reply.list().get(3).integer()));
}
