package io.releve.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of a stream.
 *
 * @param binaryFields names and values in their order; null for an entry that is pending and was removed from the stream
 */
public record StreamEntry(String id, List<Map.Entry<byte[], byte[]>> binaryFields) {
    /** Null for the entry XCLAIM skips because it is gone. */
    static final Decoder<StreamEntry> DECODER = Decoders.orNull(reply -> new StreamEntry(reply.list().get(0).text(),
            Decoders.BYTE_PAIRS.decode(reply.list().get(1))));
    static final Decoder<List<StreamEntry>> LIST = Decoders.listOf(DECODER);
    static final Decoder<Map<String, List<StreamEntry>>> BY_STREAM = Decoders.mapOf(LIST);

    /** Names and values as text; of a name that is there several times, the last value. */
    public Map<String, String> fields() {
        if (binaryFields == null) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        binaryFields.forEach(field -> fields.put(text(field.getKey()), text(field.getValue())));
        return fields;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
