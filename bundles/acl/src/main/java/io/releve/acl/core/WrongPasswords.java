package io.releve.acl.core;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many wrong passwords came from an address lately. A vessel with a hole: each fills it a little, two a second run out. Once
 * it is full, passwords from there are looked at only after a while, right ones too: otherwise the time would tell them.
 */
final class WrongPasswords {
    /** So many wrong ones in a row cost nothing. */
    private static final int FREE = 20;
    private static final int MOST = 60;
    private static final double RUN_OUT_PER_MS = 0.002;
    private static final long MS_EACH = 50;
    private static final int ADDRESSES = 1024;

    private final Map<String, Level> levels = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Level> eldest) {
            return size() > ADDRESSES;
        }
    };

    private record Level(double height, long at) {
        double now(long time) {
            return Math.max(0, height - Math.max(0, time - at) * RUN_OUT_PER_MS);
        }
    }

    /** @param client {@code address:port} */
    void add(String client, long now) {
        String address = address(client);
        Level before = levels.get(address);
        levels.put(address, new Level(Math.min(MOST, (before == null ? 0 : before.now(now)) + 1), now));
    }

    /** How long a password from there waits, ms. */
    long delay(String client, long now) {
        Level level = levels.isEmpty() ? null : levels.get(address(client));
        return level == null ? 0 : (long) Math.max(0, level.now(now) - FREE) * MS_EACH;
    }

    private static String address(String client) {
        int colon = client.lastIndexOf(':');
        return colon < 0 ? client : client.substring(0, colon);
    }
}
