package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.keyspace.Type;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** A request whose client waits: for a key, for a time, for work done elsewhere. Kept as bytes. */
final class Waiter {
    final ClientSession session;
    final Arguments request;
    final int database;
    /** None: it waits only for time or work. */
    final List<Bytes> keys;
    final Type type;
    final boolean whenGone;
    /** Ms since the epoch. */
    final long deadline;
    /** Whether the client does not want this reply (CLIENT REPLY). */
    final boolean muted;
    /** What it waits for instead of keys and time; cannot be cut short. Null without. */
    final Callable<byte[]> work;
    /** How the work has ended; null before. */
    Call.Outcome outcome;
    Future<?> timer;

    Waiter(ClientSession session, Arguments request, List<Bytes> keys, Type type, boolean whenGone, long deadline,
            Callable<byte[]> work) {
        this.session = session;
        this.request = request;
        this.database = session.database();
        this.keys = keys;
        this.type = type;
        this.whenGone = whenGone;
        this.deadline = deadline;
        this.work = work;
        muted = session.replies() != io.releve.engine.Session.Replies.ON;
    }
}
