package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.keyspace.Value;

/**
 * What KEYS and SCAN show: keys that have not expired, match a pattern, and hold values of a type.
 *
 * @param now ms since the epoch
 * @param pattern null: any key
 * @param type Redis' name of a type in any case, null: any
 */
record KeyFilter(long now, Glob pattern, String type) {
    KeyFilter {
        if (pattern != null && pattern.matchesAll()) {
            pattern = null;
        }
    }

    boolean accepts(Bytes key, Value value) {
        long expireAt = value.expireAt();
        return (expireAt == Value.NEVER || expireAt > now)
                && (type == null || value.type().redisName().equalsIgnoreCase(type))
                && (pattern == null || pattern.matches(key));
    }
}
