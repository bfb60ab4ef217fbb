package io.releve.replication.psync;

import io.releve.engine.Connection;

/** The master as one of the clients that CLIENT LIST shows and CLIENT KILL ends: then the link is taken up again. */
final class MasterPeer implements Connection {
    private final MasterConnection connection;

    MasterPeer(MasterConnection connection) {
        this.connection = connection;
    }

    @Override
    public Kind kind() {
        return Kind.TCP;
    }

    @Override
    public String remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public String localAddress() {
        return connection.localAddress();
    }

    @Override
    public void send(byte[] message, long position) {
        // a master is told nothing but what the link tells it
    }

    @Override
    public void resume() {
        // nothing of it waits
    }

    @Override
    public void close(boolean flush) {
        connection.close();
    }

    @Override
    public long inputBytes() {
        return connection.unread();
    }

    @Override
    public long bytesRead() {
        return connection.bytesRead();
    }

    @Override
    public long bytesWritten() {
        return connection.bytesWritten();
    }
}
