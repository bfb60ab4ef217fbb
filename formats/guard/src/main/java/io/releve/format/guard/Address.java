package io.releve.format.guard;

/**
 * Where a server or a sentinel listens.
 *
 * @param host IP address, or a name where names are resolved; never empty
 * @param port 1..65535
 */
public record Address(String host, int port) {
    public Address {
        if (host.isEmpty() || host.length() > 255 || host.indexOf(' ') >= 0 || host.indexOf(',') >= 0 || port < 1 || port > 65535) {
            throw new IllegalArgumentException("no address: " + host + ":" + port);
        }
    }

    /** {@code host:port}, the name of a replica. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
