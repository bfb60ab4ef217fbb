package io.releve.tls.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CipherListTest {
    private static final String ECDSA_GCM = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    private static final String RSA_GCM_256 = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";
    private static final String CHACHA = "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256";
    private static final String CBC = "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA";
    private static final String PLAIN_RSA = "TLS_RSA_WITH_AES_128_GCM_SHA256";
    private static final List<String> ALL =
            List.of("TLS_AES_128_GCM_SHA256", ECDSA_GCM, RSA_GCM_256, CHACHA, CBC, PLAIN_RSA);

    @Test
    void namesOfOpenSsl() {
        assertEquals("ECDHE-RSA-AES256-GCM-SHA384", CipherList.openSslName(RSA_GCM_256));
        assertEquals("ECDHE-RSA-CHACHA20-POLY1305", CipherList.openSslName(CHACHA));
        assertEquals("ECDHE-RSA-AES128-SHA", CipherList.openSslName(CBC));
        assertEquals("AES128-GCM-SHA256", CipherList.openSslName(PLAIN_RSA));
    }

    @Test
    void lists() {
        assertEquals(List.of(CHACHA, RSA_GCM_256), CipherList.select("ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES256-GCM-SHA384", ALL));
        assertEquals(List.of(ECDSA_GCM, RSA_GCM_256, CHACHA, CBC, PLAIN_RSA), CipherList.select("DEFAULT:!MEDIUM", ALL));
        assertEquals(List.of(ECDSA_GCM, RSA_GCM_256, CHACHA), CipherList.select("HIGH:!SHA1:!kRSA:@STRENGTH", ALL));
        assertEquals(List.of(RSA_GCM_256, PLAIN_RSA), CipherList.select("AESGCM:-ECDSA", ALL));
        assertEquals(List.of(ECDSA_GCM, CHACHA, CBC, PLAIN_RSA, RSA_GCM_256), CipherList.select("ALL:+AES256", ALL));
        assertEquals(List.of(RSA_GCM_256), CipherList.select("ECDHE+aRSA+AES256", ALL));
    }

    @Test
    void nothingLeft() {
        assertThrows(IllegalArgumentException.class, () -> CipherList.select("RC4:3DES", ALL));
        assertThrows(IllegalArgumentException.class, () -> CipherList.select("ALL:!ALL", ALL));
    }
}
