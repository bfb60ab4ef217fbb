package io.releve.sentinel.core;

/**
 * Something a sentinel tells: a line of its log, and a message whose channel is the type (redis.io, Sentinel Pub/Sub messages).
 *
 * @param type such as {@code +sdown}
 * @param text what follows it
 * @param level how loud
 * @param master whose notification script runs for warnings, null without one
 */
public record Event(String type, String text, Level level, MasterConfig master) {
    /** In rising order. Scripts run for warnings; debug lines are no messages. */
    public enum Level { DEBUG, NOTICE, WARNING }
}
