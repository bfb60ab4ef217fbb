package io.releve.keyspace;

/** Types of values with their names in TYPE and SCAN. The ordinal is part of stored formats: append only. */
public enum Type {
    STRING("string"), LIST("list"), SET("set"), SORTED_SET("zset"), HASH("hash"), STREAM("stream");

    private final String redisName;

    Type(String redisName) {
        this.redisName = redisName;
    }

    public String redisName() {
        return redisName;
    }
}
