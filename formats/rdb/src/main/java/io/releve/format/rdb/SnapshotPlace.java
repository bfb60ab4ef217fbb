package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.log.History;

/** Where in the log the data of an RDB belong, as its own fields say. */
public final class SnapshotPlace {
    private static final int ID_LENGTH = 40;

    private String id;
    private long position = -1;
    private int database = History.UNKNOWN;

    /** Takes up one field, see {@link AuxField}. */
    public void field(String name, Bytes value) {
        switch (name) {
            case AuxField.REPLICATION_ID -> id = value.length() == ID_LENGTH ? value.latin1() : null;
            case AuxField.REPLICATION_OFFSET -> position = Numbers.isInteger(value) ? Numbers.integer(value) : -1;
            case AuxField.STREAM_DATABASE -> database = Numbers.isInteger(value) ? (int) Numbers.integer(value)
                    : History.UNKNOWN;
            default -> {
                // it is about something else
            }
        }
    }

    /** Null when they do not say it. What came after it may be lost. */
    public History history() {
        return id == null || position < 0 ? null : new History(id, position, false, database);
    }

    /** The database that is selected in the stream that goes on from here, or {@link History#UNKNOWN}. */
    public int database() {
        return database;
    }

    /** Reads the fields at the beginning of an RDB. @param beginning of the file, as much as there is of it or enough */
    public static History at(byte[] beginning) {
        SnapshotPlace place = new SnapshotPlace();
        boolean[] beyond = {false};
        RdbFileReader reader = new RdbFileReader(new Bytes(beginning), new RdbVisitor() {
            @Override
            public void aux(Bytes name, Bytes value) {
                place.field(name.latin1(), value);
            }

            @Override
            public void key(RdbKey key) {
                beyond[0] = true;
            }
        }, false);
        try {
            while (!beyond[0] && reader.next()) {
                // the fields come first
            }
        } catch (RdbException e) {
            // the beginning ends here
        }
        return place.history();
    }
}
