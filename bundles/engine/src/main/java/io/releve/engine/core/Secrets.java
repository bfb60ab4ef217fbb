package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import java.util.Locale;
import java.util.Set;

/** Keeps names and passwords of users out of what is shown of requests, in the words of Redis. */
final class Secrets {
    private static final Bytes REDACTED = Bytes.of("(redacted)");

    private static final Set<String> SECRET_SETTINGS = Set.of("requirepass", "masterauth", "tls-key-file-pass",
            "tls-client-key-file-pass");

    private Secrets() {
    }

    /** The request, or another like it in which nothing secret stands. */
    static Arguments without(String command, Arguments request) {
        return switch (command) {
            case "AUTH" -> redacted(request, 1, request.size() - 1);
            case "ACL|SETUSER" -> redacted(request, 2, request.size() - 2);
            case "HELLO" -> redactedAfter(request, 2, "AUTH", 2);
            case "CONFIG|SET" -> withoutSettings(request);
            case "MIGRATE" -> redactedAfter(redactedAfter(request, 6, "AUTH", 1), 6, "AUTH2", 2);
            default -> request;
        };
    }

    /** Settings that are passwords; as many as there are. */
    private static Arguments withoutSettings(Arguments request) {
        Arguments shown = request;
        for (int i = 2; i + 1 < request.size(); i += 2) {
            if (SECRET_SETTINGS.contains(request.get(i).latin1().toLowerCase(Locale.ROOT))) {
                shown = redacted(shown, i + 1, 1);
            }
        }
        return shown;
    }

    private static Arguments redactedAfter(Arguments request, int from, String word, int count) {
        for (int i = from; i < request.size(); i++) {
            if (request.is(i, word)) {
                return redacted(request, i + 1, count);
            }
        }
        return request;
    }

    private static Arguments redacted(Arguments request, int from, int count) {
        Object[] words = new Object[request.size()];
        for (int i = 0; i < words.length; i++) {
            words[i] = i >= from && i < from + count ? REDACTED : request.get(i);
        }
        return Arguments.of(words);
    }
}
