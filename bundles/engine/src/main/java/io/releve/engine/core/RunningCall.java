package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.KeyEvent;
import io.releve.command.Reply;
import io.releve.engine.Engine;
import io.releve.engine.Session;
import io.releve.keyspace.Database;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.ArrayList;
import java.util.List;

/** The call a lane runs at the moment; one object a lane, used again for every command. */
final class RunningCall implements Call {
    private final RedisEngine engine;
    private ClientSession session;
    private Arguments arguments;
    private Reply reply;
    private Database database;
    private boolean touch;

    /** Number of changes reported. */
    private long changes;
    private boolean propagated;
    private boolean silenced;
    private final List<Effect> effects = new ArrayList<>();

    RunningCall(RedisEngine engine) {
        this.engine = engine;
    }

    void begin(ClientSession newSession, Arguments newArguments, Reply newReply) {
        session = newSession;
        arguments = newArguments;
        reply = newReply;
        database = newSession.selected();
        touch = !newSession.noTouch();
        changes = 0;
        propagated = false;
        silenced = false;
    }

    /** Writes what the command did to the log. */
    void finish() {
        if (changes > 0) {
            engine.statistics().dirty += changes;
        }
        if ((changes > 0 || propagated) && !silenced && engine.log().active()) {
            if (effects.isEmpty()) {
                engine.append(database.index(), 0, arguments);
            }
            for (int i = 0; i < effects.size(); i++) {
                engine.append(database.index(), effects.size() - 1 - i, effects.get(i));
            }
        }
        discard();
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
        return engine;
    }

    @Override
    public long now() {
        return engine.now();
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
        return touched(counted(live(from, key)));
    }

    @Override
    public Value write(Database from, Bytes key) {
        return touched(live(from, key));
    }

    private Value touched(Value value) {
        if (value != null && touch) {
            value.access(engine.accessClocks().touched(value.access()));
        }
        return value;
    }

    @Override
    public Value peek(Bytes key) {
        return counted(live(database, key));
    }

    private Value counted(Value value) {
        if (value == null) {
            engine.statistics().misses++;
        } else {
            engine.statistics().hits++;
        }
        return value;
    }

    private Value live(Database from, Bytes key) {
        Value value = from.find(key);
        if (value != null) {
            long expireAt = value.expireAt();
            if (expireAt != Value.NEVER && expireAt <= engine.now()) {
                engine.expiry().remove(from, key);
                return null;
            }
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
        changes++;
    }

    @Override
    public void changed(Database where, Bytes key, KeyEvent type, String event) {
        changes++;
    }

    @Override
    public void event(Database where, Bytes key, KeyEvent type, String event) {
        // Events are published by the publish/subscribe commands; nobody can subscribe without them.
    }

    @Override
    public void databaseChanged(int index) {
        changes++;
    }

    @Override
    public void effect(Object... words) {
        if (engine.log().active()) {
            effects.add(new Effect(words));
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
