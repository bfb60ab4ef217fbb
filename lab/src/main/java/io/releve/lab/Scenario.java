package io.releve.lab;

import java.util.Locale;

/** What is done to the master. Words and order are those of the measured tables. */
enum Scenario {
    A("a machine loses power, back later"),
    B("a machine's link is cut for 15 s"),
    C("a server is killed with -9, started again 10 s later"),
    D("SENTINEL FAILOVER by hand"),
    E("power cycles in turn"),
    F("a server sleeps for 5 s, clients wait 20 s"),
    FAILOVERS("failovers by hand in a row");

    private final String text;

    Scenario(String text) {
        this.text = text;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text() {
        return text;
    }

    /** @throws IllegalArgumentException with a text for people */
    static Scenario of(String word) {
        for (Scenario scenario : values()) {
            if (scenario.word().equals(word)) {
                return scenario;
            }
        }
        throw new IllegalArgumentException("there is no scenario '" + word + "': a, b, c, d, e, f, failovers");
    }
}
