package io.releve.engine.core;

import java.util.ArrayList;
import java.util.List;

/** Libraries of functions as they stand in RDB files, kept for the bundle that understands them and for the next snapshot. */
final class Functions {
    private final List<byte[]> libraries = new ArrayList<>();

    void add(byte[] library) {
        libraries.add(library);
    }

    /** Replaces all. */
    void clear() {
        libraries.clear();
    }

    List<byte[]> all() {
        return List.copyOf(libraries);
    }
}
