package io.releve.engine;

import io.releve.security.User;
import org.osgi.annotation.versioning.ProviderType;

/** What the engine knows of one client. Changed only while the turn is held. */
@ProviderType
public interface Session {
    /** How many replies a client wants (CLIENT REPLY). */
    enum Replies {
        ON, OFF, SKIP_NEXT
    }

    /** Never used twice in the life of an engine. */
    long id();

    Connection connection();

    /** Number of the selected database. */
    int database();

    void database(int index);

    /** 2 or 3. */
    int protocol();

    void protocol(int version);

    /** Name set by the client, empty without one. */
    String name();

    void name(String name);

    String libraryName();

    void libraryName(String name);

    String libraryVersion();

    void libraryVersion(String version);

    /** Name of the user it runs as. */
    default String user() {
        return account().name();
    }

    /** The user it runs as. */
    User account();

    void account(User user);

    /** The same by name, from before there was {@link User}. @throws IllegalArgumentException when nobody is called so */
    void user(String name);

    boolean authenticated();

    void authenticated(boolean yes);

    Replies replies();

    void replies(Replies replies);

    /** Not to be evicted (CLIENT NO-EVICT). */
    boolean noEvict();

    void noEvict(boolean yes);

    /** Does not touch the access clock (CLIENT NO-TOUCH). */
    boolean noTouch();

    void noTouch(boolean yes);

    /** When it connected, ms since the epoch. */
    long connectedAt();

    /** When it last sent a request, ms since the epoch. */
    long lastActive();

    /** Its last command, lower case, {@code NULL} before the first. */
    String lastCommand();

    /** Whether a command of it waits for something: a key, a time, work done elsewhere. */
    boolean blocked();

    /** Number of channels, patterns or shard channels it is subscribed to. */
    int subscriptions(Subscriptions.Kind kind);

    /** Whether it is subscribed to anything: its messages count by the limits of the class {@code pubsub}. */
    boolean subscribed();

    /** Whether it is shown every request (MONITOR). */
    boolean monitoring();

    /** Position of the log after what it has written last; 0 before. */
    long lastWrite();

    /** Whether it is a replica's that reads the stream of changes: nothing else is answered. */
    boolean replica();

    void replica(boolean yes);

    /** Whether its requests are those of this server's master: it has connected to it, and not the other way round. */
    boolean master();

    /** Number of requests queued since MULTI, or -1 outside a transaction. */
    int queued();

    /** Bytes that its requests and what it has not read yet take. */
    default long memory() {
        return connection().inputBytes() + connection().outputBytes() + queuedBytes();
    }

    /** Bytes of the requests queued since MULTI. */
    long queuedBytes();

    /** Number of keys it watches. */
    int watched();

    /** Id of the session that hears what it tracks, 0 for itself, -1 when it tracks nothing. */
    long redirect();

    /** Letters as in the flags field of CLIENT LIST, {@code N} without any. */
    String flags();

    /** Has the connection closed once the replies given are out. */
    void closeAfterReplies();

    boolean closing();
}
