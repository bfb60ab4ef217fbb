package io.releve.format.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Certificates and private keys as OpenSSL writes them: base64 between lines of dashes (RFC 7468). Every failure is an
 * {@link IOException} whose message names the file and says what is wrong with it.
 */
public final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA", "RSASSA-PSS");
    private static final long LARGEST = 16L << 20;

    private Pem() {
    }

    /** All certificates of a file, in their order, at least one. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE") || blocks.group(1).equals("TRUSTED CERTIFICATE")) {
                found.add(certificate(decode(blocks.group(2), file), file));
            }
        }
        if (found.isEmpty()) {
            throw new IOException(file + " contains no certificate in PEM format");
        }
        return found;
    }

    /** The certificates of all files of a folder, as OpenSSL reads the folders of certificate authorities. */
    public static List<X509Certificate> certificatesIn(Path folder) throws IOException {
        List<X509Certificate> found = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new IOException("The folder " + folder + " cannot be read", e);
        }
        for (Path file : files) {
            if (BLOCK.matcher(text(file)).find()) {
                found.addAll(certificates(file));
            }
        }
        if (found.isEmpty()) {
            throw new IOException("The folder " + folder + " contains no certificate in PEM format");
        }
        return found;
    }

    private static X509Certificate certificate(byte[] der, Path file) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IOException(file + " contains a damaged certificate: " + e.getMessage(), e);
        }
    }

    /**
     * The private key of a file: PKCS #8 (RFC 5958), plain or encrypted, PKCS #1 for RSA (RFC 8017), or SEC 1 for elliptic
     * curves (RFC 5915).
     *
     * @param password of an encrypted key; may be empty
     */
    public static PrivateKey privateKey(Path file, String password) throws IOException {
        Matcher blocks = BLOCK.matcher(text(file));
        while (blocks.find()) {
            String kind = blocks.group(1);
            if (!kind.endsWith("PRIVATE KEY")) {
                continue;
            }
            if (blocks.group(2).contains("ENCRYPTED")) {
                throw new IOException(file + " contains a key encrypted in an old way; "
                        + "convert it with 'openssl pkcs8 -topk8'");
            }
            byte[] der = decode(blocks.group(2), file);
            return key(switch (kind) {
                case "PRIVATE KEY" -> der;
                case "ENCRYPTED PRIVATE KEY" -> decrypt(der, password, file);
                case "RSA PRIVATE KEY" -> Der.rsaKey(der);
                case "EC PRIVATE KEY" -> Der.ellipticKey(der, file);
                default -> throw new IOException(file + " contains a private key of an unknown kind, '" + kind + "'");
            }, file);
        }
        throw new IOException(file + " contains no private key in PEM format");
    }

    /** Whether a key is that of a certificate. */
    public static boolean belong(X509Certificate certificate, PrivateKey key) {
        String signing = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            case "DSA" -> "SHA256withDSA";
            default -> "SHA256withRSA";
        };
        try {
            Signature signature = Signature.getInstance(signing);
            byte[] text = {1, 2, 3};
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] decrypt(byte[] der, String password, Path file) throws IOException {
        try {
            EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(der);
            // for PBES2 the name of the algorithm says nothing of the cipher, its parameters do
            String algorithm = encrypted.getAlgParameters() == null ? encrypted.getAlgName()
                    : encrypted.getAlgParameters().toString();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, SecretKeyFactory.getInstance(algorithm)
                    .generateSecret(new PBEKeySpec(password.toCharArray())), encrypted.getAlgParameters());
            return encrypted.getKeySpec(cipher).getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException("The private key in " + file + " cannot be decrypted: it is damaged, the password is wrong, or its "
                    + "cipher is unknown", e);
        }
    }

    private static PrivateKey key(byte[] pkcs8, Path file) throws IOException {
        InvalidKeySpecException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                last = e;
            } catch (GeneralSecurityException e) {
                throw new IOException("The private key in " + file + " cannot be read", e);
            }
        }
        throw new IOException("The private key in " + file + " is damaged or of an unknown kind", last);
    }

    private static byte[] decode(String base64, Path file) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static String text(Path file) throws IOException {
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is too large for certificates and keys");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("The file " + file + " does not exist", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException("The file " + file + " may not be read", e);
        }
    }
}
