package io.releve.management;

import java.util.Locale;
import org.osgi.framework.Bundle;

/** How a bundle is exchanged while the server runs; a bundle says so itself in the header {@code Releve-Tier}. */
public enum Tier {
    /** By a restart or a failover. */
    CORE,
    /** By a hand-over between two installed versions. */
    STATEFUL,
    /** At any time. */
    STATELESS;

    public static Tier of(Bundle bundle) {
        String header = bundle.getHeaders("").get("Releve-Tier");
        if (header != null) {
            for (Tier tier : values()) {
                if (tier.toString().equalsIgnoreCase(header.trim())) {
                    return tier;
                }
            }
        }
        String name = bundle.getSymbolicName().substring("io.releve.".length());
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        return switch (first) {
            case "api", "engine", "log", "chronicle", "lua", "runtimes", "management" -> CORE;
            case "keyspace", "persistence", "replication", "sentinel", "server" -> STATEFUL;
            default -> STATELESS;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
