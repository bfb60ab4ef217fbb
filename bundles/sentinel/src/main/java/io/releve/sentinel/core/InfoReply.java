package io.releve.sentinel.core;

import io.releve.format.guard.Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a sentinel reads in a server's INFO. */
final class InfoReply {
    private final Map<String, String> fields = new HashMap<>();
    private final List<Address> replicas = new ArrayList<>();

    InfoReply(String text) {
        for (String line : text.split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                continue;
            }
            String name = line.substring(0, colon);
            String value = line.substring(colon + 1);
            if (name.matches("slave\\d+")) {
                replica(value);
            } else {
                fields.putIfAbsent(name, value);
            }
        }
    }

    private void replica(String value) {
        Map<String, String> parts = new HashMap<>();
        for (String part : value.split(",")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                parts.put(part.substring(0, equals), part.substring(equals + 1));
            }
        }
        try {
            replicas.add(new Address(parts.getOrDefault("ip", ""), Integer.parseInt(parts.getOrDefault("port", ""))));
        } catch (IllegalArgumentException e) {
            // a server that lists nonsense: there is nobody to watch
        }
    }

    /** 40 digits, or empty. */
    String runId() {
        String id = text("run_id");
        return id.length() == 40 ? id : "";
    }

    boolean isMaster() {
        return text("role").equals("master");
    }

    boolean isReplica() {
        return text("role").equals("slave");
    }

    /** Whether the server is one of ours and takes GUARD. */
    boolean isOurs() {
        return fields.containsKey("releve_version");
    }

    String text(String name) {
        return fields.getOrDefault(name, "");
    }

    long number(String name, long otherwise) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    List<Address> replicas() {
        return replicas;
    }
}
