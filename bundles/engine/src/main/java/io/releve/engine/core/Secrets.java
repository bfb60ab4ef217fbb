package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;

/** Keeps names and passwords of users out of what is shown of requests, in the words of Redis. */
final class Secrets {
    private static final Bytes REDACTED = Bytes.of("(redacted)");

    private Secrets() {
    }

    /** The request, or another like it in which nothing secret stands. */
    static Arguments without(String command, Arguments request) {
        return switch (command) {
            case "AUTH" -> redacted(request, 1, request.size() - 1);
            case "ACL|SETUSER" -> redacted(request, 2, request.size() - 2);
            case "HELLO" -> redactedAfter(request, 2, "AUTH", 2);
            case "MIGRATE" -> redactedAfter(redactedAfter(request, 6, "AUTH", 1), 6, "AUTH2", 2);
            default -> request;
        };
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
