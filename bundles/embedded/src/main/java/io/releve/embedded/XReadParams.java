package io.releve.embedded;

import java.util.LinkedHashMap;
import java.util.Map;

/** What XREAD and XREADGROUP read: {@code new XReadParams().count(10).block(1000).stream("events", "$")}. */
public final class XReadParams extends Params<XReadParams> {
    private final Map<String, String> streams = new LinkedHashMap<>();

    /** Reads a stream behind an id; {@code $} for what comes from now on, {@code >} for what no consumer of the group has got. */
    public XReadParams stream(String key, String id) {
        streams.put(key, id);
        return this;
    }

    @Override
    public void addTo(Invocation invocation) {
        super.addTo(invocation);
        invocation.add("STREAMS");
        streams.keySet().forEach(invocation::add);
        streams.values().forEach(invocation::add);
    }

    /** How many entries of each stream at most. */
    public XReadParams count(long entries) {
        return with("COUNT", entries);
    }

    /** Waits for entries; 0 without limit. */
    public XReadParams block(long milliseconds) {
        return with("BLOCK", milliseconds);
    }

    /** What is read is not pending; XREADGROUP alone. */
    public XReadParams noAck() {
        return with("NOACK");
    }
}
