package io.releve.embedded.core;

import io.releve.embedded.Invocation;
import io.releve.embedded.Pipeline;
import io.releve.embedded.ReleveConnection;
import io.releve.embedded.Reply;
import io.releve.embedded.Transaction;
import java.util.concurrent.TimeUnit;

/** A connection in the hands of somebody. */
record OwnConnection(EngineConnection connection) implements ReleveConnection {
    @Override
    public Invocation request(String command) {
        return connection.invocation.begin(command, false);
    }

    @Override
    public Reply call(String command, byte[]... arguments) {
        LiveInvocation invocation = connection.invocation.begin(command, false);
        invocation.addAll(arguments);
        return invocation.raw();
    }

    @Override
    public long id() {
        return connection.session().id();
    }

    @Override
    public Pipeline pipelined() {
        return new Recording(connection::runAll, () -> { }, false);
    }

    @Override
    public Transaction multi() {
        return new Recording(connection::runAll, this::unwatch, true);
    }

    @Override
    public Reply receive(long milliseconds) throws InterruptedException {
        return connection.receive(TimeUnit.MILLISECONDS.toNanos(milliseconds));
    }

    @Override
    public void close() {
        connection.shut();
    }
}
