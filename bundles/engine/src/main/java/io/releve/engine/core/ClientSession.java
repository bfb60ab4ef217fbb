package io.releve.engine.core;

import io.releve.engine.Connection;
import io.releve.engine.Session;
import io.releve.engine.Subscriptions.Kind;
import io.releve.engine.pubsub.Subscriber;
import io.releve.keyspace.Database;
import io.releve.security.Authorizer;
import io.releve.security.User;
import java.util.ArrayList;
import java.util.List;

/** A client. */
final class ClientSession implements Session {
    /** Why a request was not consumed. */
    enum Wait {
        NONE, PAUSE, COMMAND_AWAY
    }

    private final long id;
    private final Connection connection;
    private final long connectedAt;
    private final RedisEngine engine;
    private int databaseIndex;
    private Database database;
    private int protocol = 2;
    private String name = "";
    private String libraryName = "";
    private String libraryVersion = "";
    /** Whom it runs as. */
    User account;
    private boolean authenticated;
    private Replies replies = Replies.ON;
    private boolean noEvict;
    private boolean noTouch;
    private boolean closing;
    /** Whether the connection is gone. */
    boolean gone;
    /** What it is subscribed to. */
    final Subscriber subscriber = new Subscriber();
    /** Whether it is shown every request. */
    boolean monitoring;
    private boolean replica;
    private boolean master;
    /** What it has sent since MULTI; null outside a transaction. */
    RequestQueue queue;
    /** Keys it watches. */
    final List<Watches.Watch> watches = new ArrayList<>();
    /** Whether one of them has been touched. */
    boolean touched;
    /** What it wants to hear of the keys it has read; null for nothing. */
    ClientTracking.State tracked;
    /** The request that waits, or null. */
    Waiter waiter;
    long lastActive;
    private EngineLane lane;
    /** Position of the log after what it has written last. */
    long lastWrite;
    /** Lower case. Not the command itself: between two batches the engine holds nothing of a command bundle. */
    String lastCommand = "NULL";
    Wait wait = Wait.NONE;
    /** When it began to wait, ms since the epoch. */
    long waitingSince;

    ClientSession(long id, Connection connection, long now, RedisEngine engine, boolean authenticated) {
        this.id = id;
        this.connection = connection;
        this.connectedAt = now;
        this.lastActive = now;
        this.engine = engine;
        this.authenticated = authenticated;
        account = engine.authorizer().user(Authorizer.DEFAULT_USER);
    }

    /** The selected database; looked up again after SWAPDB. */
    Database selected() {
        Database d = database;
        if (d == null) {
            database = d = engine.database(databaseIndex);
        }
        return d;
    }

    /** The lane of the request that runs, or ran last. */
    EngineLane lane() {
        return lane;
    }

    void comesBy(EngineLane newLane) {
        if (lane != newLane) {
            lane = newLane;
        }
    }

    /** A command begins to run. */
    void ran(CommandSlot slot) {
        if (lastCommand != slot.shownName) {
            lastCommand = slot.shownName;
        }
    }

    void waits(Wait reason) {
        if (wait != reason) {
            wait = reason;
        }
    }

    void forgetDatabase() {
        database = null;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public int database() {
        return databaseIndex;
    }

    @Override
    public void database(int index) {
        databaseIndex = index;
        database = null;
    }

    @Override
    public int protocol() {
        return protocol;
    }

    @Override
    public void protocol(int version) {
        protocol = version;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void name(String newName) {
        name = newName;
    }

    @Override
    public String libraryName() {
        return libraryName;
    }

    @Override
    public void libraryName(String newName) {
        libraryName = newName;
    }

    @Override
    public String libraryVersion() {
        return libraryVersion;
    }

    @Override
    public void libraryVersion(String version) {
        libraryVersion = version;
    }

    @Override
    public User account() {
        return account;
    }

    @Override
    public void account(User user) {
        account = user;
    }

    @Override
    public void user(String name) {
        User found = engine.authorizer().user(name);
        if (found == null) {
            throw new IllegalArgumentException("There is no user " + name);
        }
        account = found;
    }

    @Override
    public boolean authenticated() {
        return authenticated;
    }

    @Override
    public void authenticated(boolean yes) {
        authenticated = yes;
    }

    @Override
    public Replies replies() {
        return replies;
    }

    @Override
    public void replies(Replies newReplies) {
        replies = newReplies;
    }

    @Override
    public boolean noEvict() {
        return noEvict;
    }

    @Override
    public void noEvict(boolean yes) {
        noEvict = yes;
    }

    @Override
    public boolean noTouch() {
        return noTouch;
    }

    @Override
    public void noTouch(boolean yes) {
        noTouch = yes;
    }

    @Override
    public long connectedAt() {
        return connectedAt;
    }

    @Override
    public long lastActive() {
        return lastActive;
    }

    @Override
    public String lastCommand() {
        return lastCommand;
    }

    @Override
    public boolean blocked() {
        return waiter != null;
    }

    @Override
    public int subscriptions(Kind kind) {
        return subscriber.count(kind);
    }

    @Override
    public boolean subscribed() {
        return subscriber.active();
    }

    @Override
    public boolean monitoring() {
        return monitoring;
    }

    @Override
    public long lastWrite() {
        return lastWrite;
    }

    @Override
    public boolean replica() {
        return replica;
    }

    @Override
    public void replica(boolean yes) {
        replica = yes;
    }

    @Override
    public boolean master() {
        return master;
    }

    /** Its requests are those of the master, which no user stands behind. */
    ClientSession asMaster() {
        master = true;
        return asSuperuser();
    }

    /** Nobody asks whether it may. */
    ClientSession asSuperuser() {
        account = Permissions.SUPERUSER;
        return this;
    }

    @Override
    public int queued() {
        return queue == null ? -1 : queue.requests.size();
    }

    @Override
    public long queuedBytes() {
        RequestQueue requests = queue;
        return requests == null ? 0 : requests.bytes;
    }

    @Override
    public long redirect() {
        ClientTracking.State state = tracked;
        return state == null ? -1 : state.redirect();
    }

    @Override
    public int watched() {
        return watches.size();
    }

    @Override
    public String flags() {
        StringBuilder flags = new StringBuilder();
        if (replica) {
            flags.append('S');
        }
        if (master) {
            flags.append('M');
        }
        if (monitoring) {
            flags.append('O');
        }
        if (subscribed()) {
            flags.append('P');
        }
        if (queue != null) {
            flags.append('x');
        }
        if (wait != Wait.NONE || waiter != null) {
            flags.append('b');
        }
        if (tracked != null) {
            flags.append(tracked.letters());
        }
        if (touched) {
            flags.append('d');
        }
        if (closing) {
            flags.append('c');
        }
        if (connection.kind() == Connection.Kind.UNIX) {
            flags.append('U');
        }
        if (noEvict) {
            flags.append('e');
        }
        if (noTouch) {
            flags.append('T');
        }
        return flags.isEmpty() ? "N" : flags.toString();
    }

    @Override
    public void closeAfterReplies() {
        closing = true;
    }

    @Override
    public boolean closing() {
        return closing;
    }
}
