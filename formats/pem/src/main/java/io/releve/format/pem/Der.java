package io.releve.format.pem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** As much of DER (ITU-T X.690) as is needed to put older private keys into the envelope of PKCS #8. */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int OCTETS = 0x04;
    private static final int SEQUENCE = 0x30;
    /** The field of RFC 5915 that names the curve. */
    private static final int PARAMETERS = 0xa0;
    private static final byte[] VERSION = {INTEGER, 1, 0};
    /** 1.2.840.113549.1.1.1 and NULL. */
    private static final byte[] RSA = {0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0};
    /** 1.2.840.10045.2.1. */
    private static final byte[] ELLIPTIC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

    private Der() {
    }

    static byte[] rsaKey(byte[] pkcs1) {
        return write(SEQUENCE, VERSION, write(SEQUENCE, RSA), write(OCTETS, pkcs1));
    }

    static byte[] ellipticKey(byte[] sec1, Path file) throws IOException {
        try {
            int at = header(sec1, 0);
            int end = sec1.length;
            while (at < end) {
                int content = header(sec1, at);
                int next = content + length(sec1, at);
                if ((sec1[at] & 0xff) == PARAMETERS) {
                    byte[] curve = Arrays.copyOfRange(sec1, content, next);
                    return write(SEQUENCE, VERSION, write(SEQUENCE, ELLIPTIC, curve), write(OCTETS, sec1));
                }
                at = next;
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new IOException("The private key in " + file + " is damaged", e);
        }
        throw new IOException("The private key in " + file + " does not name its curve");
    }

    /** Where the content of the element begins that begins here. */
    private static int header(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = Math.addExact(Math.multiplyExact(length, 256), der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] write(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >>> 8 * i);
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
