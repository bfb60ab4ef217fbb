package io.releve.format.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Crc64Test {
    /** The check value of the variant "Jones" in the catalogues of such codes. */
    @Test
    void checkValue() {
        byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
        assertEquals(0xe9c6d914c4b8d9caL, Crc64.update(0, digits, 0, digits.length));
    }

    @Test
    void inPiecesItIsTheSame() {
        Random random = new Random(1);
        byte[] bytes = new byte[1000];
        random.nextBytes(bytes);
        long whole = Crc64.update(0, bytes, 0, bytes.length);
        long crc = 0;
        for (int at = 0; at < bytes.length; ) {
            int piece = Math.min(bytes.length - at, random.nextInt(30));
            crc = Crc64.update(crc, bytes, at, piece);
            at += piece;
        }
        assertEquals(whole, crc);
    }
}
