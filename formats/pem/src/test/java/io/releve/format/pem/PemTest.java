package io.releve.format.pem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemTest {
    private static final Path CERTIFICATES = Path.of("src/test/resources/certificates");

    @TempDir
    Path folder;

    @Test
    void oneKeyInAllItsForms() throws Exception {
        PrivateKey key = Pem.privateKey(CERTIFICATES.resolve("server.key"), "");
        assertEquals("RSA", key.getAlgorithm());
        assertArrayEquals(key.getEncoded(), Pem.privateKey(CERTIFICATES.resolve("server-pkcs1.key"), "").getEncoded());
        assertArrayEquals(key.getEncoded(), Pem.privateKey(CERTIFICATES.resolve("server-encrypted.key"), "secret").getEncoded());
    }

    @Test
    void anEllipticKeyInBothForms() throws Exception {
        for (String name : List.of("elliptic.key", "elliptic-sec1.key")) {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(Pem.privateKey(CERTIFICATES.resolve(name), ""));
            signature.update(new byte[] {1, 2, 3});
            byte[] signed = signature.sign();
            signature.initVerify(Pem.certificates(CERTIFICATES.resolve("elliptic.crt")).get(0));
            signature.update(new byte[] {1, 2, 3});
            assertTrue(signature.verify(signed), name);
        }
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertSaid("does not exist", "nothing.key");
        assertSaid("no private key", "server.crt");
        assertSaid("password is wrong", "server-encrypted.key");
        assertSaid("openssl pkcs8 -topk8", "server-old-encrypted.key");
        assertTrue(assertThrows(IOException.class, () -> Pem.certificates(CERTIFICATES.resolve("server.key"))).getMessage()
                .contains("no certificate"));
    }

    private static void assertSaid(String part, String file) {
        IOException e = assertThrows(IOException.class, () -> Pem.privateKey(CERTIFICATES.resolve(file), "wrong"));
        assertTrue(e.getMessage().contains(part) && e.getMessage().contains(file), e.getMessage());
    }

    @Test
    void aFolderOfAuthorities() throws Exception {
        Files.copy(CERTIFICATES.resolve("ca.crt"), folder.resolve("a.crt"));
        Files.copy(CERTIFICATES.resolve("strangers.crt"), folder.resolve("b.pem"));
        Files.writeString(folder.resolve("README"), "no certificate");
        assertEquals(2, Pem.certificatesIn(folder).size());
    }

    /** Whatever stands in the file, the answer is a key or a sentence. */
    @Test
    void damagedFiles() throws Exception {
        Random random = new Random(7);
        for (String name : List.of("server-pkcs1.key", "elliptic-sec1.key", "server.key", "server-encrypted.key", "server.crt")) {
            byte[] good = Files.readAllBytes(CERTIFICATES.resolve(name));
            for (int i = 0; i < 300; i++) {
                byte[] bad = good.clone();
                for (int j = 0; j <= i % 3; j++) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                }
                Path file = Files.write(folder.resolve("damaged"), bad);
                try {
                    if (name.endsWith("crt")) {
                        Pem.certificates(file);
                    } else {
                        Pem.privateKey(file, "secret");
                    }
                } catch (IOException e) {
                    assertTrue(e.getMessage().contains("damaged"), e.getMessage());
                }
            }
        }
    }
}
