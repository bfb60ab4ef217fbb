package io.releve.contracts.differential;

import io.releve.contracts.Oracle;
import java.util.List;

/** Requests that read everything there is under a key. */
final class CanonicalRead {
    private CanonicalRead() {
    }

    static List<List<String>> of(Oracle oracle, String key) {
        List<String> type = List.of("TYPE", key);
        List<String> encoding = List.of("OBJECT", "ENCODING", key);
        List<String> expiry = List.of("PEXPIRETIME", key);
        return switch (String.valueOf(oracle.ask("TYPE", key))) {
            case "string" -> List.of(type, expiry, List.of("GET", key));
            // small lists, and small sets of texts, are listpacks in 7.2
            case "list" -> List.of(type, expiry, List.of("LRANGE", key, "0", "-1"));
            case "hash" -> List.of(type, encoding, expiry, List.of("HGETALL", key));
            case "set" -> "intset".equals(oracle.ask("OBJECT", "ENCODING", key))
                    ? List.of(type, encoding, expiry, List.of("SMEMBERS", key))
                    : List.of(type, expiry, List.of("SMEMBERS", key));
            case "zset" -> List.of(type, encoding, expiry, List.of("ZRANGE", key, "0", "-1", "WITHSCORES"));
            case "stream" -> List.of(type, encoding, expiry, List.of("XINFO", "STREAM", key, "FULL", "COUNT", "0"));
            default -> List.of(type);
        };
    }
}
