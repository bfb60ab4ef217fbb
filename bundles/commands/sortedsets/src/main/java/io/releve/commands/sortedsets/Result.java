package io.releve.commands.sortedsets;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.KeyEvent;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;

/** Builds the results of the ...STORE commands, which are made completely before the destination is touched. */
public final class Result {
    private Result() {
    }

    /** An empty sorted set under no key. */
    public static SortedSetValue begin(Call call) {
        return (SortedSetValue) call.database().detached(Type.SORTED_SET);
    }

    /**
     * Puts a result in the place of whatever a key holds, or removes the key when the result is empty, and reports it.
     *
     * @param event the event of a key that was set
     */
    public static void store(Call call, Bytes key, SortedSetValue result, String event) {
        boolean replaces = call.write(key) != null;
        if (result.size() > 0) {
            call.database().attach(key, result, Value.NEVER, call.engine().accessClock());
            if (!replaces) {
                call.event(key, KeyEvent.NEW, "new");
            }
            call.changed(key, KeyEvent.SORTED_SET, event);
        } else if (replaces) {
            call.database().remove(key);
            call.changed(key, KeyEvent.GENERIC, "del");
        }
    }
}
