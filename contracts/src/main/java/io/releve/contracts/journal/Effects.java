package io.releve.contracts.journal;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.keyspace.Database;
import io.releve.keyspace.HashValue;
import io.releve.keyspace.ListValue;
import io.releve.keyspace.SetValue;
import io.releve.keyspace.SortedSetValue;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.io.IOException;
import java.util.Random;

/** A few commands, enough to change values of several types; those that add would show if one ran twice. */
final class Effects {
    private static final int KEYS = 8;

    private Effects() {
    }

    /** Runs one command. */
    static void apply(Database database, Arguments command) throws IOException {
        Bytes key = command.size() > 1 ? command.get(1) : null;
        switch (command.get(0).latin1()) {
            case "SET" -> database.putString(key, command.get(2), Value.NEVER, 0);
            case "APPEND" -> ((StringValue) value(database, key, Type.STRING)).append(command.get(2));
            case "DEL" -> database.remove(key);
            case "PEXPIREAT" -> database.expire(key, command.integer(2));
            case "RPUSH" -> ((ListValue) value(database, key, Type.LIST)).addLast(command.get(2));
            case "LPOP" -> {
                if (database.find(key) instanceof ListValue list) {
                    list.remove(0, 1);
                }
            }
            case "HSET" -> ((HashValue) value(database, key, Type.HASH)).put(command.get(2), command.get(3));
            case "SADD" -> ((SetValue) value(database, key, Type.SET)).add(command.get(2));
            case "ZADD" -> ((SortedSetValue) value(database, key, Type.SORTED_SET)).put(command.get(3), command.decimal(2));
            case "FLUSHDB" -> database.clear();
            case "PUBLISH" -> { }
            default -> throw new IOException("unknown command '" + command.get(0).latin1() + "'");
        }
    }

    private static Value value(Database database, Bytes key, Type type) {
        Value value = database.find(key);
        if (value != null && value.type() != type) {
            throw new AssertionError("of another type: " + key);
        }
        return value != null ? value : database.create(key, type, 0);
    }

    /** A command chosen at random that can run whatever is there. */
    static Arguments random(Random random) {
        int number = random.nextInt(KEYS);
        String content = "v" + random.nextInt(1000) + (random.nextInt(40) == 0 ? "long".repeat(random.nextInt(2000)) : "");
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> Arguments.of("SET", "string" + number, content);
            case 3, 4 -> Arguments.of("APPEND", "string" + number, content.substring(0, 2));
            case 5, 6, 7 -> Arguments.of("RPUSH", "list" + number, content);
            case 8 -> Arguments.of("LPOP", "list" + number);
            case 9 -> Arguments.of("HSET", "hash" + number, "field" + random.nextInt(20), content);
            case 10 -> Arguments.of("SADD", "set" + number, content);
            case 11 -> Arguments.of("ZADD", "sorted" + number, random.nextInt(100), content);
            case 12 -> Arguments.of("PEXPIREAT", "list" + number, 4_000_000_000_000L + random.nextInt(1000));
            default -> random.nextInt(30) == 0 ? Arguments.of("FLUSHDB")
                    : Arguments.of("DEL", random.nextBoolean() ? "list" + number : "hash" + number);
        };
    }
}
