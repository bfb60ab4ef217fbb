package io.releve.sentinel.core;

import io.releve.format.guard.Address;

/**
 * The message sentinels publish on {@code __sentinel__:hello}: eight words between commas (docs/sentinel-protocol.md).
 *
 * @param sentinel where it listens
 * @param id 40 hex digits
 * @param epoch the current epoch it knows
 * @param configEpoch the epoch in which the master came to lead
 */
record Hello(Address sentinel, String id, long epoch, String masterName, Address master, long configEpoch) {
    static final String CHANNEL = "__sentinel__:hello";
    /** @throws IllegalArgumentException saying what is wrong */
    static Hello parse(String text) {
        String[] words = text.split(",", -1);
        if (words.length != 8 || text.length() > 4_096) {
            throw new IllegalArgumentException("a hello has eight words");
        }
        if (!isId(words[2])) {
            throw new IllegalArgumentException("the sentinel's id is none");
        }
        return new Hello(address(words[0], words[1]), words[2], number(words[3]), words[4], address(words[5], words[6]),
                number(words[7]));
    }

    long latestEpoch() {
        return Math.max(epoch, configEpoch);
    }

    String text() {
        return sentinel.host() + "," + sentinel.port() + "," + id + "," + epoch + "," + masterName + "," + master.host() + ","
                + master.port() + "," + configEpoch;
    }

    static boolean isId(String text) {
        return text.length() == 40 && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
    }

    private static Address address(String host, String port) {
        return new Address(host, (int) Math.min(number(port), Integer.MAX_VALUE));
    }

    private static long number(String text) {
        long number = Long.parseLong(text);
        if (number < 0) {
            throw new IllegalArgumentException("a number below zero");
        }
        return number;
    }
}
