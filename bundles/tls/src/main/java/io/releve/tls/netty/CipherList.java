package io.releve.tls.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The list of ciphers of OpenSSL ("CIPHER LIST FORMAT" of openssl-ciphers(1)) applied to the cipher suites that there are, by
 * their names of the JSSE.
 */
final class CipherList {
    /** Groups of ciphers so weak that none is there any more. */
    private static final Set<String> GONE = Set.of("LOW", "MEDIUM", "EXP", "EXPORT", "EXPORT40", "EXPORT56", "NULL", "ENULL",
            "ANULL", "ADH", "AECDH", "DES", "3DES", "RC2", "RC4", "IDEA", "SEED", "MD5", "PSK", "APSK", "KPSK", "SRP", "KSRP", "ADSS",
            "DSS", "CAMELLIA", "CAMELLIA128", "CAMELLIA256", "ARIA", "ARIA128", "ARIA256", "GOST", "AGOST", "KGOST", "KRB5",
            "DHE", "KEDH", "KDHE", "EDH", "DH", "AESCCM", "AESCCM8");

    private CipherList() {
    }

    static boolean isTls13(String suite) {
        return suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
    }

    /**
     * @param list for example {@code HIGH:!SHA1} or {@code ECDHE-RSA-AES128-GCM-SHA256}
     * @param available names of the JSSE, best first; those of TLS 1.3 are not looked at
     * @throws IllegalArgumentException when nothing is left
     */
    static List<String> select(String list, Collection<String> available) {
        List<String> candidates = available.stream().filter(suite -> suite.startsWith("TLS_") && !isTls13(suite)).toList();
        Set<String> chosen = new LinkedHashSet<>();
        Set<String> banned = new LinkedHashSet<>();
        for (String token : list.trim().split("[:, ]+")) {
            char sign = token.isEmpty() ? '@' : token.charAt(0);
            if (sign == '@') {
                // an order; the one they come in is by strength
                continue;
            }
            boolean signed = sign == '!' || sign == '-' || sign == '+';
            List<String> meant = candidates.stream().filter(matching(signed ? token.substring(1) : token)).toList();
            switch (sign) {
                case '!' -> {
                    banned.addAll(meant);
                    meant.forEach(chosen::remove);
                }
                case '-' -> meant.forEach(chosen::remove);
                case '+' -> {
                    List<String> last = meant.stream().filter(chosen::remove).toList();
                    chosen.addAll(last);
                }
                default -> chosen.addAll(meant);
            }
        }
        chosen.removeAll(banned);
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("no cipher of '" + list + "' is available");
        }
        return new ArrayList<>(chosen);
    }

    /** What a word without sign stands for; joined by {@code +}, all must apply. */
    private static Predicate<String> matching(String words) {
        return Arrays.stream(words.split("\\+")).map(CipherList::one).reduce(Predicate::and).orElse(suite -> false);
    }

    private static Predicate<String> one(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        if (GONE.contains(upper)) {
            return suite -> false;
        }
        return switch (upper) {
            case "ALL", "DEFAULT", "COMPLEMENTOFDEFAULT", "HIGH", "FIPS", "TLSV1.2", "TLSV1", "SSLV3" -> suite -> true;
            case "KEECDH", "EECDH", "ECDHE", "KECDHE", "ECDH" -> suite -> suite.contains("_ECDHE_");
            case "RSA", "KRSA" -> suite -> suite.startsWith("TLS_RSA_");
            case "ARSA" -> suite -> suite.contains("RSA_WITH");
            case "ECDSA", "AECDSA" -> suite -> suite.contains("_ECDSA_");
            case "AES" -> suite -> suite.contains("_AES_");
            case "AES128" -> suite -> suite.contains("_AES_128_");
            case "AES256" -> suite -> suite.contains("_AES_256_");
            case "AESGCM" -> suite -> suite.contains("_GCM_");
            case "CHACHA20" -> suite -> suite.contains("_CHACHA20_");
            case "SHA", "SHA1" -> suite -> suite.endsWith("_SHA");
            case "SHA256" -> suite -> suite.endsWith("_CBC_SHA256");
            case "SHA384" -> suite -> suite.endsWith("_CBC_SHA384");
            default -> suite -> suite.equalsIgnoreCase(word) || openSslName(suite).equalsIgnoreCase(word);
        };
    }

    /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} is {@code ECDHE-RSA-AES128-GCM-SHA256} there. */
    static String openSslName(String suite) {
        return suite.replaceFirst("^TLS_", "").replaceFirst("^RSA_WITH_", "").replace("_WITH_", "_")
                .replaceFirst("CHACHA20_POLY1305_SHA256", "CHACHA20_POLY1305").replaceFirst("AES_(128|256)", "AES$1")
                .replace("_CBC_", "_").replace('_', '-');
    }
}
