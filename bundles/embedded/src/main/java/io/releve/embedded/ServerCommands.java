package io.releve.embedded;

import java.util.List;
import java.util.Map;

/** The instance as a whole (redis.io, groups server and connection). */
public interface ServerCommands extends Requests {
    /** {@code PONG}. */
    default String ping() {
        return request("PING").status();
    }

    /** The same text. */
    default String echo(String message) {
        return request("ECHO").add(message).text();
    }

    /** {@link #echo(String)} with bytes. */
    default byte[] echo(byte[] message) {
        return request("ECHO").add(message).bytes();
    }

    /** Number of keys of the database. */
    default long dbSize() {
        return request("DBSIZE").integer();
    }

    /** Empties the database. */
    default String flushDB() {
        return request("FLUSHDB").status();
    }

    /** Empties all databases. */
    default String flushAll() {
        return request("FLUSHALL").status();
    }

    /** Exchanges two databases. */
    default String swapDB(int first, int second) {
        return request("SWAPDB").add(first).add(second).status();
    }

    /** The INFO text, as lines of {@code name:value}. */
    default String info() {
        return request("INFO").text();
    }

    /** Some sections of it. */
    default String info(String... sections) {
        return request("INFO").addAll(sections).text();
    }

    /** Settings that match glob-style patterns. */
    default Map<String, String> configGet(String... patterns) {
        return request("CONFIG").add("GET").addAll(patterns).textMap();
    }

    /** Changes a setting. */
    default String configSet(String name, String value) {
        return request("CONFIG").add("SET").add(name).add(value).status();
    }

    /** Changes several settings, all or none. */
    default String configSet(Map<String, String> settings) {
        return request("CONFIG").add("SET").addAll(settings).status();
    }

    /** Resets counters of INFO. */
    default String configResetStat() {
        return request("CONFIG").add("RESETSTAT").status();
    }

    /** Writes a snapshot and waits for it. */
    default String save() {
        return request("SAVE").status();
    }

    /** Begins to write a snapshot. */
    default String bgsave() {
        return request("BGSAVE").status();
    }

    /** Begins to write the append-only file anew. */
    default String bgrewriteaof() {
        return request("BGREWRITEAOF").status();
    }

    /** When the last snapshot was written, seconds since the epoch. */
    default long lastsave() {
        return request("LASTSAVE").integer();
    }

    /** The time: seconds since the epoch, microseconds. */
    default List<String> time() {
        return request("TIME").texts();
    }

    /** Bytes a key takes; null without the key. */
    default Long memoryUsage(String key) {
        return request("MEMORY").add("USAGE").add(key).as(Decoders.INTEGER);
    }

    /** {@link #memoryUsage(String)} with bytes. */
    default Long memoryUsage(byte[] key) {
        return request("MEMORY").add("USAGE").add(key).as(Decoders.INTEGER);
    }

    /** Number of commands. */
    default long commandCount() {
        return request("COMMAND").add("COUNT").integer();
    }

    /** All connections, a line each. */
    default String clientList() {
        return request("CLIENT").add("LIST").text();
    }

    /** Has all commands wait for a while. */
    default String clientPause(long milliseconds) {
        return request("CLIENT").add("PAUSE").add(milliseconds).status();
    }

    /** Ends that. */
    default String clientUnpause() {
        return request("CLIENT").add("UNPAUSE").status();
    }

    /** Waits until what this connection wrote is on disk; here and on how many replicas it is. */
    default List<Long> waitAOF(long local, long replicas, long milliseconds) {
        return request("WAITAOF").add(local).add(replicas).add(milliseconds).as(Decoders.INTEGERS);
    }
}
