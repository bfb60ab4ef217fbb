package io.releve.format.rdb;

/** Bytes of an RDB that stand where the type of a value could: what is no key. */
public final class Opcode {
    /** A slot of a cluster and how many keys of it follow, how many of these expire: three lengths. Version 12. */
    public static final int SLOT_INFO = 244;
    /** A library of functions, a string. */
    public static final int FUNCTION = 245;
    /** A library as release candidates of 7.0 wrote it. */
    public static final int FUNCTION_PRE_GA = 246;
    /** Data of a module. */
    public static final int MODULE_AUX = 247;
    /** Idle time of the next key in seconds, a length. */
    public static final int IDLE = 248;
    /** Access frequency of the next key, a byte. */
    public static final int FREQUENCY = 249;
    /** A name and a value about the file, two strings. */
    public static final int AUX = 250;
    /** Numbers of keys and of keys with an expiry time, two lengths. */
    public static final int RESIZE_DB = 251;
    /** Expiry time of the next key, ms since the epoch, i64. */
    public static final int EXPIRE_MILLISECONDS = 252;
    /** Expiry time of the next key, seconds since the epoch, i32. */
    public static final int EXPIRE_SECONDS = 253;
    /** The database of the keys that follow, a length. */
    public static final int SELECT_DB = 254;
    /** The end; a checksum follows. */
    public static final int EOF = 255;

    private Opcode() {
    }
}
