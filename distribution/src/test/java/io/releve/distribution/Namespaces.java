package io.releve.distribution;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.releve.lab.Addressing;
import io.releve.lab.Network;

/** Networks of the lab whose observer is the test. */
final class Namespaces {
    private Namespaces() {
    }

    /** Skips the test where they cannot be made. */
    static void assumePossible() {
        String obstacle = Network.obstacle();
        assumeTrue(obstacle == null, () -> "network namespaces cannot be made here, that takes root and ip(8): " + obstacle);
    }

    static Network create(int machines) {
        assumePossible();
        return Network.create(machines, Addressing.linkLocal());
    }
}
