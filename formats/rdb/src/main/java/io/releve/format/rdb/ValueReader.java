package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.Value;

/**
 * Reads values into a keyspace. Whatever the bytes are, either a sound value comes of them or an {@link RdbException};
 * what was built until then is a detached value, which goes away with the call.
 */
public final class ValueReader {
    private static final int PLAIN_NODE = 1;
    private static final int PACKED_NODE = 2;

    private final RdbInput input;
    private final StringSlot first = new StringSlot();
    private final StringSlot second = new StringSlot();
    private final Bytes element = new Bytes();
    private final Bytes other = new Bytes();
    private final ListpackReader listpack = new ListpackReader();
    private final ZiplistReader ziplist = new ZiplistReader();
    private Database database;
    /** What was read, null for a string. */
    private Value value;
    private Bytes string;

    public ValueReader(RdbInput input) {
        this.input = input;
    }

    /**
     * Reads a value; its type was read before. It is under no key until {@link #put}.
     *
     * @param inDatabase makes the value, see {@link Database#detached}
     * @return false when it is a collection without elements
     */
    public boolean read(RdbType type, Database inDatabase) {
        database = inDatabase;
        if (type == RdbType.STRING) {
            value = null;
            string = input.readString(first);
            return true;
        }
        value = database.detached(type.type());
        return switch (value.type()) {
            case LIST -> {
                readList(type, (ListValue) value);
                yield ((ListValue) value).length() > 0;
            }
            case SET -> {
                readSet(type, (SetValue) value);
                yield ((SetValue) value).size() > 0;
            }
            case SORTED_SET -> {
                readSortedSet(type, (SortedSetValue) value);
                yield ((SortedSetValue) value).size() > 0;
            }
            case HASH -> {
                readHash(type, (HashValue) value);
                yield ((HashValue) value).size() > 0;
            }
            default -> {
                new StreamReader(input, type, (StreamValue) value).read();
                yield true;
            }
        };
    }

    /**
     * Puts the value that was read last under a key, in the place of what was there. To be called once, before anything
     * else is read.
     *
     * @param expireAt ms since the epoch, or {@link Value#NEVER}
     */
    public void put(Bytes key, long expireAt, int access) {
        if (value == null) {
            database.putString(key, string, expireAt, access);
            // That of a key that was there has stayed.
            database.find(key).access(access);
        } else {
            database.attach(key, value, expireAt, access);
        }
    }

    /**
     * The same for a key that is not there; a string may be there with {@link Database#loaded} only.
     *
     * @param expireAt ms since the epoch, or {@link Value#NEVER}
     * @return false when a key was there: this one, or that of a string before it
     */
    public boolean add(Bytes key, long expireAt, int access) {
        if (value == null) {
            return database.load(key, string, expireAt, access);
        }
        long size = database.size();
        database.attach(key, value, expireAt, access);
        return database.size() != size;
    }

    /** The elements of a collection that is packed in one string. */
    private PackedReader open(PackedReader packed) {
        packed.open(input.readString(first));
        return packed;
    }

    private void readList(RdbType type, ListValue list) {
        switch (type) {
            case LIST_ZIPLIST -> list.addAll(open(ziplist));
            case LIST_QUICKLIST -> {
                for (long nodes = input.readCount(1); nodes > 0; nodes--) {
                    list.addAll(open(ziplist));
                }
            }
            case LIST_QUICKLIST_2 -> {
                for (long nodes = input.readCount(2); nodes > 0; nodes--) {
                    readNode(list);
                }
            }
            default -> {
                for (long count = input.readCount(1); count > 0; count--) {
                    list.addLast(input.readString(first));
                }
            }
        }
    }

    private void readNode(ListValue list) {
        long container = input.readLength();
        if (container == PLAIN_NODE) {
            list.addLast(input.readString(first));
        } else if (container == PACKED_NODE) {
            list.addAll(open(listpack));
        } else {
            throw new RdbException("A node of a list is of no known kind");
        }
    }

    private void readSet(RdbType type, SetValue set) {
        if (type == RdbType.SET) {
            for (long count = input.readCount(1); count > 0; count--) {
                distinct(set.add(input.readString(first)));
            }
            return;
        }
        PackedReader packed = open(type == RdbType.SET_INTSET ? new IntsetReader() : listpack);
        while (packed.next(element)) {
            distinct(set.add(element));
        }
    }

    private void readSortedSet(RdbType type, SortedSetValue set) {
        if (type == RdbType.ZSET || type == RdbType.ZSET_2) {
            for (long count = input.readCount(2); count > 0; count--) {
                Bytes member = input.readString(first);
                put(set, member, type == RdbType.ZSET ? input.readTextDouble() : input.readDouble());
            }
            return;
        }
        PackedReader packed = open(type == RdbType.ZSET_ZIPLIST ? ziplist : listpack);
        while (packed.next(element)) {
            packed.need(other);
            put(set, element, Numbers.decimal(other));
        }
    }

    private static void put(SortedSetValue set, Bytes member, double score) {
        if (Double.isNaN(score)) {
            throw new RdbException("A score is not a number");
        }
        distinct(set.put(member, score));
    }

    private void readHash(RdbType type, HashValue hash) {
        if (type == RdbType.HASH) {
            for (long count = input.readCount(2); count > 0; count--) {
                Bytes field = input.readString(first);
                distinct(hash.put(field, input.readString(second)));
            }
            return;
        }
        PackedReader packed = open(type == RdbType.HASH_ZIPMAP ? new ZipmapReader()
                : type == RdbType.HASH_ZIPLIST ? ziplist : listpack);
        while (packed.next(element)) {
            packed.need(other);
            distinct(hash.put(element, other));
        }
    }

    private static void distinct(boolean isNew) {
        if (!isNew) {
            throw new RdbException("A collection has the same element twice");
        }
    }
}
