package io.releve.log;

import org.osgi.annotation.versioning.ConsumerType;

/** Receives every entry, in order, while the turn is held; it copies what it needs and returns at once. */
@ConsumerType
public interface Subscriber {
    /** Name for people, for example {@code aof}. */
    String name();

    void entry(Entry entry);

    /** The batch is over: everything up to {@code position} has been handed out. */
    void flush(long position);
}
