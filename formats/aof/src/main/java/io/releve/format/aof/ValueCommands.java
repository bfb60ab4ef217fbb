package io.releve.format.aof;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StreamValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;

/**
 * Writes values as the commands that make them under a key that is not there: a base file that is no RDB
 * ({@code aof-use-rdb-preamble no}). Of a collection at most 64 elements stand in one command, so that a reader needs
 * little memory for it. Not for several threads.
 */
public final class ValueCommands {
    private static final int MOST_ELEMENTS = 64;

    private final CommandBuffer out;
    /** Elements that are to follow. */
    private long left;
    /** Of these, in the command that was begun. */
    private int leftInCommand;

    /** @param out should have a sink, as one value may be larger than memory is */
    public ValueCommands(CommandBuffer out) {
        this.out = out;
    }

    /** Writes a library of functions. @param code its source text */
    public void function(byte[] code) {
        out.begin(3).argument("FUNCTION").argument("LOAD").argument(code);
    }

    /** Writes a key of the selected database. @param expireAt ms since the epoch, or {@link Value#NEVER} */
    public void key(Bytes key, Value value, long expireAt) {
        switch (value.type()) {
            case STRING -> set(key, (StringValue) value);
            case LIST -> list(key, (ListValue) value);
            case SET -> set(key, (SetValue) value);
            case SORTED_SET -> sortedSet(key, (SortedSetValue) value);
            case HASH -> hash(key, (HashValue) value);
            default -> new StreamCommands(out, key, (StreamValue) value).write();
        }
        expire(key, expireAt);
    }

    /** Writes a key with a string that may lie anywhere. */
    public void string(Bytes key, ByteSource content, long expireAt) {
        set(key, content);
        expire(key, expireAt);
    }

    private void set(Bytes key, ByteSource content) {
        out.begin(3).argument("SET").argument(key).argument(content);
    }

    private void expire(Bytes key, long expireAt) {
        if (expireAt != Value.NEVER) {
            out.begin(3).argument("PEXPIREAT").argument(key).argument(expireAt);
        }
    }

    /** An element follows: begins a command where it needs one. @param words number of words an element takes */
    private void element(String command, Bytes key, int words) {
        if (leftInCommand == 0) {
            leftInCommand = (int) Math.min(MOST_ELEMENTS, left);
            left -= leftInCommand;
            out.begin(2 + words * leftInCommand).argument(command).argument(key);
        }
        leftInCommand--;
    }

    private void list(Bytes key, ListValue list) {
        left = list.length();
        list.visit(0, true, (index, element) -> {
            element("RPUSH", key, 1);
            out.argument(element);
            return true;
        });
    }

    private void set(Bytes key, SetValue set) {
        left = set.size();
        set.visit(member -> {
            element("SADD", key, 1);
            out.argument(member);
            return true;
        });
    }

    private void sortedSet(Bytes key, SortedSetValue set) {
        left = set.size();
        set.visit(0, true, (member, score) -> {
            element("ZADD", key, 2);
            if (score == (int) score && (score != 0 || 1 / score > 0)) {
                out.argument((long) score);
            } else {
                out.argument(Numbers.text(score));
            }
            out.argument(member);
            return true;
        });
    }

    private void hash(Bytes key, HashValue hash) {
        left = hash.size();
        hash.visit((field, content) -> {
            element("HMSET", key, 2);
            out.argument(field).argument(content);
            return true;
        });
    }
}
