package io.releve.persistence.segments;

import java.nio.charset.StandardCharsets;

/** The request that selects a database. */
final class Select {
    private Select() {
    }

    static byte[] of(int database) {
        String number = Integer.toString(database);
        return ("*2\r\n$6\r\nSELECT\r\n$" + number.length() + "\r\n" + number + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
