package io.releve.replication.psync;

/**
 * Where a server listens.
 *
 * @param host a name or an address
 */
record Address(String host, int port) {
    /** From the words of {@code replicaof}; null for none. */
    static Address parse(String setting) {
        if (setting.isEmpty()) {
            return null;
        }
        int blank = setting.lastIndexOf(' ');
        return new Address(setting.substring(0, blank), port(setting.substring(blank + 1)));
    }

    /** @throws IllegalArgumentException for what is no port */
    static int port(String word) {
        try {
            int port = Integer.parseInt(word);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("Invalid master port");
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
