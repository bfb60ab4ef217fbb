package io.releve.engine.core;

import io.releve.engine.Connection;

/** The peer of a session that has none: commands of a journal or of a master run in it. */
final class NoConnection implements Connection {
    @Override
    public Kind kind() {
        return Kind.EMBEDDED;
    }

    @Override
    public String remoteAddress() {
        return "";
    }

    @Override
    public String localAddress() {
        return "";
    }

    @Override
    public void send(byte[] message, long position) {
        // nobody reads it
    }

    @Override
    public void resume() {
        // nothing was suspended
    }

    @Override
    public void close(boolean flush) {
        // nothing is open
    }
}
