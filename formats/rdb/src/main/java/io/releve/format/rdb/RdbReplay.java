package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.Value;
import io.releve.log.History;
import io.releve.persistence.Replay;

/** Puts what stands in an RDB into the databases; the turn is held. What was read is there when it is closed. */
public final class RdbReplay implements RdbVisitor, AutoCloseable {
    private final Replay replay;
    private final boolean keepsExpired;
    private final long before;
    private final long total;
    private RdbFileReader reader;
    private int index = -1;
    private Database database;
    /** Keys that the database being read is said to have, 0 when nothing says it. */
    private long announced;
    /** The byte at which progress was told last, and the one at which it was before this database began. */
    private long last;
    private long begin;
    private long keys;
    /** Those of the databases before this one. */
    private long keysBefore;
    private long expired;
    private boolean ours;
    private final SnapshotPlace place = new SnapshotPlace();

    /**
     * @param keepsExpired whether keys whose time is over are loaded all the same: where commands follow that belong to them
     * @param before bytes read before this RDB, for the progress
     * @param total all bytes to read
     */
    public RdbReplay(Replay replay, boolean keepsExpired, long before, long total) {
        this.replay = replay;
        this.keepsExpired = keepsExpired;
        this.before = before;
        this.total = total;
    }

    /** Reads all of a source, and closes. */
    public RdbFileReader read(RdbInput.Source source, boolean verify) {
        try (this) {
            reader = new RdbFileReader(source, this, verify);
            reader.read();
            return reader;
        }
    }

    /** Everything that was read is in the databases. */
    @Override
    public void close() {
        Database last = database;
        database = null;
        if (last != null && !last.loaded()) {
            throw twice();
        }
    }

    private static RdbException twice() {
        return new RdbException("A key stands there twice");
    }

    /** Whether it was written by this server. */
    public boolean ours() {
        return ours;
    }

    @Override
    public void aux(Bytes name, Bytes value) {
        String field = name.latin1();
        ours |= field.equals(AuxField.RELEVE);
        place.field(field, value);
    }

    @Override
    public void function(FunctionLibrary library) {
        replay.function(library.code());
    }

    @Override
    public void database(int number) {
        announced = 0;
        begin = last;
        keysBefore = keys;
    }

    @Override
    public void sizes(long keysThere, long expiring) {
        announced = keysThere;
    }

    /** What a database is said to have is believed as far as there are bytes for keys like those read so far. */
    @Override
    public void progress(long bytes) {
        last = bytes;
        if (database != null && announced > 0) {
            double rest = (double) (total - before - bytes) / (bytes - begin);
            database.expect((long) Math.min(announced, (keys - keysBefore) * (1 + rest)));
        }
    }

    @Override
    public void key(RdbKey key) {
        if (key.database() != index || database == null) {
            close();
            index = key.database();
            database = databaseAt(index);
        }
        if (!keepsExpired && key.expireAt() != Value.NEVER && key.expireAt() <= replay.now()) {
            expired++;
            key.discard();
        } else if (key.read(database)) {
            if (!key.add(replay.access(key.idle(), key.frequency()))) {
                throw twice();
            }
            keys++;
        }
        replay.progress(before + (reader == null ? 0 : reader.position()), total);
    }

    private Database databaseAt(int number) {
        try {
            return replay.database(number);
        } catch (IllegalArgumentException e) {
            throw new RdbException(e.getMessage());
        }
    }

    /** Keys that were loaded. */
    public long keys() {
        return keys;
    }

    /** Keys that were not, since their time is over. */
    public long expired() {
        return expired;
    }

    /** The database that is selected in the stream that goes on from here, or {@link History#UNKNOWN}. */
    public int streamDatabase() {
        return place.database();
    }

    /** Where in the log the data belongs, as it says itself, or null. What came after it may be lost. */
    public History history() {
        return place.history();
    }
}
