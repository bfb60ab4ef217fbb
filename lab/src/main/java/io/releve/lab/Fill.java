package io.releve.lab;

import io.releve.cli.Connection;
import io.releve.cli.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Data that is there before anything happens, so that a full resynchronisation has something to carry. */
final class Fill {
    private static final int BATCH = 500;
    private static final int TIMEOUT_MS = 60_000;
    private static final String VALUE = "x".repeat(100);

    private Fill() {
    }

    /** Writes so many keys to the master, and waits until the replica has them too. */
    static void keys(TwoMachines lab, int keys) {
        try (Connection connection = lab.machine(0).server().endpoint().connect(TIMEOUT_MS)) {
            for (int begin = 0; begin < keys; begin += BATCH) {
                List<String> words = new ArrayList<>(List.of("MSET"));
                for (int i = begin; i < Math.min(keys, begin + BATCH); i++) {
                    words.add("data" + i);
                    words.add(VALUE);
                }
                if (connection.call(words.toArray(String[]::new)) instanceof Reply.Failure failure) {
                    throw new IOException(failure.message());
                }
            }
        } catch (IOException e) {
            throw new LabException("the keys cannot be written: " + e.getMessage(), e);
        }
        Wait.until("the replica does not have the keys", TIMEOUT_MS,
                () -> lab.machine(1).server().endpoint().ask("DBSIZE").equals(lab.machine(0).server().endpoint().ask("DBSIZE")));
    }
}
