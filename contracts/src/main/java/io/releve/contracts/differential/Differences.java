package io.releve.contracts.differential;

import java.util.List;
import java.util.Locale;

/** Where 7.2 is documented to differ from the 7.0 server, or where a reply is nobody's to foresee. */
final class Differences {
    private Differences() {
    }

    /** Requests that are not sent. */
    static boolean unsuitable(List<String> request) {
        String name = request.get(0).toUpperCase(Locale.ROOT);
        // ids made of the time
        if (name.equals("XADD") && request.stream().anyMatch(word -> word.equals("*"))) {
            return true;
        }
        if (waits(name, request)) {
            return true;
        }
        // approximate trimming is approximate
        if (request.contains("~")) {
            return true;
        }
        // far below the smallest number Redis saturates to the greatest one
        if (name.equals("BITFIELD") && request.contains("SAT") && request.contains("-9223372036854775808")) {
            return true;
        }
        // the order of equals
        if (name.equals("SORT") && request.contains("BY") && (request.contains("STORE") || request.contains("LIMIT"))) {
            return true;
        }
        // the last one counts, in another order of checks
        return name.equals("ZRANK") && request.size() > 3 || name.equals("ZREVRANK") && request.size() > 3;
    }

    /**
     * What is sent after a request. Since 7.2 a consumer is made also by an attempt to read or to claim that found
     * nothing: here it is made in any case.
     */
    static List<List<String>> followUp(List<String> request) {
        return switch (request.get(0)) {
            case "XCLAIM", "XAUTOCLAIM" -> request.size() < 4 ? List.of()
                    : List.of(List.of("XGROUP", "CREATECONSUMER", request.get(1), request.get(2), request.get(3)));
            case "XREADGROUP" -> request.size() < 4 ? List.of()
                    : request.stream().filter(Words.ALL_KEYS::contains).distinct()
                            .map(key -> List.of("XGROUP", "CREATECONSUMER", key, request.get(2), request.get(3))).toList();
            default -> List.of();
        };
    }

    /** For longer than a moment. */
    private static boolean waits(String name, List<String> request) {
        int block = request.indexOf("BLOCK");
        boolean zero = name.startsWith("B") && !name.startsWith("BIT")
                && (request.get(request.size() - 1).equals("0") || request.size() > 1 && request.get(1).equals("0"));
        return zero || block > 0 && block + 1 < request.size() && !request.get(block + 1).matches("[12]|-1|abc");
    }
}
