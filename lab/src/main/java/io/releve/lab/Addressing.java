package io.releve.lab;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The two addresses of each machine and of the observer. Networks are written with their last dot, as /24.
 *
 * @param firstBase last number of the first machine's first address; the others follow
 */
public record Addressing(String first, int firstBase, String second, int secondBase) {
    /** Those printed in the article. They may be taken outside: for a lab whose observer is in a namespace of its own too. */
    public static final Addressing ARTICLE = new Addressing("192.168.0.", 51, "10.25.14.", 1);
    private static final int OBSERVER = 254;

    /** Addresses that never leave the machine, for an observer that is anywhere. */
    public static Addressing linkLocal() {
        String net = "169.254." + (1 + ProcessHandle.current().pid() % 250) + ".";
        return new Addressing(net, 1, net, 101);
    }

    String first(int machine) {
        return first + (firstBase + machine);
    }

    String second(int machine) {
        return second + (secondBase + machine);
    }

    /** With /24. */
    Set<String> ofObserver() {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(first + OBSERVER + "/24");
        addresses.add(second + OBSERVER + "/24");
        return addresses;
    }
}
