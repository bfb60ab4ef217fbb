package io.releve.engine.core;

import io.releve.command.Arguments;
import io.releve.engine.Connection;
import io.releve.keyspace.Keyspace;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands of a master: what has worked there is to work here, and nothing is done in part. */
final class MasterPlayback extends Playback {
    private static final Logger LOG = LoggerFactory.getLogger(MasterPlayback.class);

    private final RedisEngine engine;
    /** Null while there is no link. */
    private Connection connection;

    MasterPlayback(RedisEngine engine) {
        super(engine);
        this.engine = engine;
    }

    /** Shows its session among the clients, or with null not any more. What is selected stays. */
    void linked(Connection newConnection) {
        connection = newConnection;
        begin(selected());
    }

    @Override
    void begin(int database) {
        if (session() != null && session().master()) {
            engine.sessions().removeMaster(session());
        }
        super.begin(database);
    }

    @Override
    ClientSession newSession() {
        return connection == null ? super.newSession() : engine.sessions().ofMaster(connection);
    }

    @Override
    void run(Arguments command) throws IOException {
        session().lastActive = engine.now();
        super.run(command);
    }

    @Override
    void execute(CommandSlot slot, Arguments command) throws IOException {
        long errors = reply().errors();
        try {
            if (queue() != null) {
                reserve(queue());
            }
            super.execute(slot, command);
        } catch (Execution.NotNow e) {
            throw new IOException("a transaction needs a command whose bundle is away", e);
        }
        if (reply().errors() != errors) {
            failed(slot, reply().lastError());
        }
    }

    /** Room for a whole transaction is made beforehand, so that it is not carried out in part. */
    private void reserve(RequestQueue queue) throws IOException {
        long bytes = 0;
        for (Arguments request : queue.requests) {
            bytes += request.bytes();
        }
        try {
            engine.keyspace().reserve(2 * bytes);
        } catch (Keyspace.FullException e) {
            throw new IOException("a transaction finds no room: " + e.getMessage(), e);
        }
    }

    /** What has worked elsewhere has not here: for lack of room it works later, otherwise the data were others already. */
    private static void failed(CommandSlot slot, String error) throws IOException {
        if (error.startsWith("OOM")) {
            throw new IOException(slot.spec.name() + " finds no room: " + error);
        }
        LOG.warn("{} of the master fails here, and the data may differ from its: {}", slot.spec.name(), error);
    }
}
