package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Blocking;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.KeyEvent;
import io.releve.command.Reply;
import io.releve.engine.Engine;
import io.releve.engine.Script;
import io.releve.engine.Session;
import io.releve.keyspace.Database;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/** The call that is running; one object an {@link Execution}, used again for every command. */
final class RunningCall implements Call {
    private final RedisEngine engine;
    private final boolean mayBlock;
    private ClientSession session;
    private Arguments arguments;
    private Reply reply;
    private Database database;
    /** Its number when the call began: SWAPDB gives it another. */
    private int selected;
    private boolean touch;

    /** Number of changes reported. */
    private long changes;
    private boolean propagated;
    private boolean silenced;
    private boolean errorCounted;
    private final List<Arguments> effects = new ArrayList<>();

    /** Why it runs again, if it does. */
    private Bytes readyKey;
    private boolean timedOut;
    private Outcome outcome;
    private boolean worked;
    private Waiter waiter;

    RunningCall(RedisEngine engine, boolean mayBlock) {
        this.engine = engine;
        this.mayBlock = mayBlock;
    }

    /** The next request has run before: a key is ready, its time is over, or the work it offloaded has ended. */
    void resume(Bytes newReadyKey, boolean isTimedOut, Outcome newOutcome) {
        readyKey = newReadyKey;
        timedOut = isTimedOut;
        outcome = newOutcome;
    }

    void begin(ClientSession newSession, Arguments newArguments, Reply newReply) {
        // nearly always they are those of before, and references that are not written need not be accounted for
        if (session != newSession) {
            session = newSession;
        }
        if (arguments != newArguments) {
            arguments = newArguments;
        }
        if (reply != newReply) {
            reply = newReply;
        }
        Database newDatabase = newSession.selected();
        if (database != newDatabase) {
            database = newDatabase;
        }
        selected = newSession.database();
        touch = !newSession.noTouch();
        changes = 0;
        propagated = false;
        silenced = false;
        errorCounted = false;
        waiter = null;
    }

    /** Writes what the command did to the log. */
    void finish() {
        if (changes > 0) {
            engine.statistics().dirty += changes;
        }
        if ((changes > 0 || propagated) && !silenced && engine.logs()) {
            if (effects.isEmpty()) {
                engine.append(selected, 0, arguments);
            }
            for (int i = 0; i < effects.size(); i++) {
                engine.append(selected, effects.size() - 1 - i, effects.get(i));
            }
            session.lastWrite = engine.log().position();
        }
        discard();
    }

    /** The call is over. */
    void end() {
        resume(null, false, null);
    }

    /** What the client waits for, or null. */
    Waiter waiter() {
        return waiter;
    }

    /** Whether work was done on the spot that the command wants to see the outcome of. */
    boolean worked() {
        boolean again = worked;
        worked = false;
        return again;
    }

    /** Forgets the effects; those of a call that failed must not be written with the next one's. */
    void discard() {
        if (!effects.isEmpty()) {
            effects.clear();
        }
    }

    @Override
    public Arguments arguments() {
        return arguments;
    }

    @Override
    public Reply reply() {
        return reply;
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Engine engine() {
        return engine.administration();
    }

    @Override
    public long now() {
        return engine.now();
    }

    @Override
    public boolean isPast(long time) {
        return time <= engine.now() && !engine.obeys();
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public Value read(Bytes key) {
        return read(database, key);
    }

    @Override
    public Value write(Bytes key) {
        return write(database, key);
    }

    @Override
    public Value read(Database from, Bytes key) {
        return touched(counted(from, key));
    }

    @Override
    public Value write(Database from, Bytes key) {
        engine.signals().mayChange(from, key);
        return touched(engine.live(from, key));
    }

    private Value touched(Value value) {
        if (value != null && touch) {
            value.access(engine.accessClocks().touched(value.access()));
        }
        return value;
    }

    @Override
    public Value peek(Bytes key) {
        return counted(database, key);
    }

    private Value counted(Database from, Bytes key) {
        Value value = engine.live(from, key);
        if (value == null) {
            engine.statistics().misses++;
            engine.signals().event(from, key, KeyEvent.KEY_MISS, "keymiss");
        } else {
            engine.statistics().hits++;
        }
        return value;
    }

    @Override
    public StringValue readString(Bytes key) {
        return string(read(database, key));
    }

    @Override
    public StringValue writeString(Bytes key) {
        return string(write(database, key));
    }

    private static StringValue string(Value value) {
        if (value != null && value.type() != Type.STRING) {
            throw CommandException.WRONG_TYPE;
        }
        return (StringValue) value;
    }

    @Override
    public void changed(Bytes key, KeyEvent type, String event) {
        changed(database, key, type, event);
    }

    @Override
    public void changed(Database where, Bytes key, KeyEvent type, String event) {
        changes++;
        if (engine.signals().attention() != 0) {
            engine.signals().changed(where, key);
            engine.signals().event(where, key, type, event);
        }
    }

    @Override
    public Script script(String name, boolean function, Script.Mode mode) {
        return engine.scripting().script().begin(session, arguments, name, function, mode);
    }

    @Override
    public void errorCounted() {
        errorCounted = true;
    }

    /** Whether the error it answers was counted before. */
    boolean isErrorCounted() {
        return errorCounted;
    }

    @Override
    public void countChanges(long more) {
        changes += more;
    }

    @Override
    public void event(Database where, Bytes key, KeyEvent type, String event) {
        engine.signals().event(where, key, type, event);
    }

    @Override
    public void databaseChanged(int index) {
        changes++;
        for (int i = 0; i < engine.databases(); i++) {
            if (index < 0 || i == index) {
                engine.signals().databaseChanged(i);
            }
        }
    }

    @Override
    public RandomGenerator random() {
        return engine.random();
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public boolean atomic() {
        return engine.inGroup();
    }

    @Override
    public boolean timedOut() {
        return timedOut;
    }

    @Override
    public Bytes readyKey() {
        return readyKey;
    }

    @Override
    public void block(Blocking blocking) {
        Arguments request = blocking.again() == null ? arguments.copy() : Arguments.of(blocking.again()).copy();
        waiter = new Waiter(session, request, blocking.keys().stream().map(Bytes::copy).toList(), blocking.type(),
                blocking.whenGone(), blocking.deadline(), null);
    }

    @Override
    public void offload(Callable<byte[]> work) {
        if (mayBlock) {
            waiter = new Waiter(session, arguments.copy(), List.of(), null, false, Blocking.FOREVER, work);
        } else {
            outcome = Offloads.run(work);
            worked = true;
        }
    }

    @Override
    public Outcome outcome() {
        return outcome;
    }

    @Override
    public boolean logged() {
        return engine.logs();
    }

    @Override
    public void effect(Object... words) {
        if (engine.logs()) {
            effects.add(Arguments.of(words));
        }
    }

    @Override
    public void propagate() {
        propagated = true;
    }

    @Override
    public void doNotPropagate() {
        silenced = true;
    }
}
