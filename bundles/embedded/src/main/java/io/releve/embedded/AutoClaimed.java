package io.releve.embedded;

import java.util.List;

/**
 * What XAUTOCLAIM has done in one step.
 *
 * @param next where the next step begins; {@code 0-0} when all were looked at
 * @param deleted ids that were pending and whose entries are gone
 */
public record AutoClaimed(String next, List<StreamEntry> entries, List<String> deleted) {
    static final Decoder<AutoClaimed> DECODER = reply -> new AutoClaimed(reply.list().get(0).text(),
            StreamEntry.LIST.decode(reply.list().get(1)), Decoders.TEXTS.decode(reply.list().get(2)));
}
