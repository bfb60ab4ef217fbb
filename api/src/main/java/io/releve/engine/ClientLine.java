package io.releve.engine;

import io.releve.engine.Subscriptions.Kind;

/** One client as CLIENT LIST shows it (redis.io, CLIENT LIST). Fields of memory inside Redis' own buffers are 0 here. */
public final class ClientLine {
    private ClientLine() {
    }

    /** @param now ms since the epoch */
    public static String of(Session session, long now) {
        Connection c = session.connection();
        long output = c.outputBytes();
        return "id=" + session.id()
                + " addr=" + c.remoteAddress()
                + " laddr=" + c.localAddress()
                + " fd=" + c.descriptor()
                + " name=" + session.name()
                + " age=" + Math.max(0, (now - session.connectedAt()) / 1000)
                + " idle=" + Math.max(0, (now - session.lastActive()) / 1000)
                + " flags=" + session.flags()
                + " db=" + session.database()
                + " sub=" + session.subscriptions(Kind.CHANNEL)
                + " psub=" + session.subscriptions(Kind.PATTERN)
                + " ssub=" + session.subscriptions(Kind.SHARD)
                + " multi=" + session.queued()
                + " qbuf=" + c.inputBytes()
                + " qbuf-free=0 argv-mem=0 multi-mem=" + session.queuedBytes() + " rbs=0 rbp=0"
                + " obl=0 oll=" + (output > 0 ? 1 : 0)
                + " omem=" + output
                + " tot-mem=" + session.memory()
                + " events=" + (output > 0 ? "rw" : "r")
                + " cmd=" + session.lastCommand()
                + " user=" + session.user()
                + " redir=" + session.redirect()
                + " resp=" + session.protocol()
                + " lib-name=" + session.libraryName()
                + " lib-ver=" + session.libraryVersion();
    }
}
