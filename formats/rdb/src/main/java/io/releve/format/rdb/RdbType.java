package io.releve.format.rdb;

import io.releve.keyspace.Type;

/** How a value is encoded. The code stands before the key, in a DUMP payload at the very beginning. */
public enum RdbType {
    STRING(0, Type.STRING), LIST(1, Type.LIST), SET(2, Type.SET),
    /** Scores as text. */
    ZSET(3, Type.SORTED_SET),
    HASH(4, Type.HASH),
    /** Scores as doubles. Since version 8. */
    ZSET_2(5, Type.SORTED_SET),
    HASH_ZIPMAP(9, Type.HASH), LIST_ZIPLIST(10, Type.LIST), SET_INTSET(11, Type.SET),
    ZSET_ZIPLIST(12, Type.SORTED_SET), HASH_ZIPLIST(13, Type.HASH),
    /** Nodes of ziplists. Since version 7. */
    LIST_QUICKLIST(14, Type.LIST),
    /** Since version 9. */
    STREAM_LISTPACKS(15, Type.STREAM),
    /** Since version 10, like the next three. */
    HASH_LISTPACK(16, Type.HASH),
    ZSET_LISTPACK(17, Type.SORTED_SET),
    /** Nodes of listpacks, and nodes of one large element. */
    LIST_QUICKLIST_2(18, Type.LIST),
    /** With what was added and deleted, and what groups have read. */
    STREAM_LISTPACKS_2(19, Type.STREAM),
    /** Since version 11, like the next one. */
    SET_LISTPACK(20, Type.SET),
    /** With the times at which consumers were active. */
    STREAM_LISTPACKS_3(21, Type.STREAM);

    private static final int MODULE = 6;
    private static final int MODULE_2 = 7;
    private static final int FIRST_EXPIRING_HASH = 22;
    private static final int LAST_EXPIRING_HASH = 25;

    private final int code;
    private final Type type;

    RdbType(int code, Type type) {
        this.code = code;
        this.type = type;
    }

    public int code() {
        return code;
    }

    public Type type() {
        return type;
    }

    /** @throws RdbException when there is none of this code, or only for what this server does not have */
    public static RdbType of(int code) {
        for (RdbType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        if (code == MODULE || code == MODULE_2) {
            throw new RdbException("The value belongs to a module, and modules are not supported");
        }
        if (code >= FIRST_EXPIRING_HASH && code <= LAST_EXPIRING_HASH) {
            throw new RdbException("The value is a hash whose fields expire, which is not supported");
        }
        throw new RdbException("There is no type of values with the code " + code);
    }
}
