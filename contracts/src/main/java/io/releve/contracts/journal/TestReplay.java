package io.releve.contracts.journal;

import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.keyspace.Database;
import io.releve.keyspace.Keyspace;
import io.releve.persistence.Replay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Puts what is loaded into a keyspace. */
final class TestReplay implements Replay {
    private final Keyspace keyspace;
    private int selected;
    private List<Arguments> queue;
    private boolean selectedOnce;

    TestReplay(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    @Override
    public Database database(int index) {
        if (index < 0 || index >= TestServer.DATABASES) {
            throw new IllegalArgumentException("no database " + index);
        }
        return keyspace.database(index);
    }

    @Override
    public int access(long idleSeconds, int frequency) {
        return 0;
    }

    @Override
    public long now() {
        return 0;
    }

    @Override
    public void run(Arguments command) throws IOException {
        String name = command.get(0).latin1();
        if (name.equals("EXEC")) {
            for (Arguments queued : queue) {
                apply(queued);
            }
            queue = null;
        } else if (name.equals("MULTI")) {
            queue = new ArrayList<>();
        } else if (queue != null && !name.equals("SELECT")) {
            queue.add(command.copy());
        } else {
            apply(command);
        }
    }

    private void apply(Arguments command) throws IOException {
        if (command.get(0).is("SELECT")) {
            selected = (int) Numbers.integer(command.get(1));
            selectedOnce = true;
            return;
        }
        if (!selectedOnce) {
            throw new IOException("no database was selected");
        }
        Effects.apply(keyspace.database(selected), command);
        keyspace.endCall();
    }

    @Override
    public void discard() {
        queue = null;
    }

    @Override
    public void function(byte[] library) {
        throw new AssertionError("there are no functions");
    }

    @Override
    public void progress(long done, long total) {
        if (done > total) {
            throw new AssertionError(done + " of " + total + " bytes");
        }
        keyspace.endCall();
    }
}
