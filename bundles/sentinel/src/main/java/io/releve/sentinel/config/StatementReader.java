package io.releve.sentinel.config;

import io.releve.config.Statement;
import io.releve.config.Statement.WrongException;
import io.releve.format.guard.Address;
import io.releve.sentinel.core.SentinelConfig;
import java.util.List;
import java.util.Locale;

/**
 * Reads the lines of sentinel.conf (redis.io, High availability with Sentinel; sentinel.conf of Redis 7.2). Their order
 * does not matter: what concerns all masters is read first, then {@code monitor}, then the rest. Error texts are Redis'.
 */
final class StatementReader {
    private static final String UNRECOGNIZED = "Unrecognized sentinel configuration statement.";

    private final SentinelConfig config;
    private final MasterStatements masters;

    /** @param newId for a file that says none */
    StatementReader(String newId) {
        config = new SentinelConfig(newId);
        masters = new MasterStatements(config);
    }

    SentinelConfig read(List<Statement> statements) throws WrongException {
        for (int pass = 1; pass <= 3; pass++) {
            for (Statement statement : statements) {
                if (pass == pass(statement)) {
                    read(new Line(statement));
                }
            }
        }
        return config;
    }

    private static int pass(Statement statement) {
        List<String> words = statement.words();
        if (words.get(0).equals(SentinelFile.REMEMBERED)) {
            return 3;
        }
        return words.size() < 2 ? 0 : switch (words.get(1).toLowerCase(Locale.ROOT)) {
            case "myid", "announce-ip", "announce-port", "deny-scripts-reconfig", "resolve-hostnames", "announce-hostnames",
                    "sentinel-user", "sentinel-pass", "current-epoch", "host-id" -> 1;
            case "monitor" -> 2;
            default -> 3;
        };
    }

    private void read(Line line) throws WrongException {
        if (line.isRemembered()) {
            masters.remembered(line);
            return;
        }
        switch (line.option()) {
            case "myid" -> id(line.exactly(1));
            case "announce-ip" -> announceIp(line.exactly(1));
            case "announce-port" -> config.announcePort = (int) line.exactly(1).number(0, 0, 65_535, "Invalid port number.");
            case "deny-scripts-reconfig" -> config.denyScriptsReconfig =
                    yesNo(line.exactly(1), "Please specify yes or no for the deny-scripts-reconfig options.");
            case "resolve-hostnames" -> config.resolveHostnames =
                    yesNo(line.exactly(1), "Please specify yes or no for the resolve-hostnames option.");
            case "announce-hostnames" -> config.announceHostnames =
                    yesNo(line.exactly(1), "Please specify yes or no for the announce-hostnames option.");
            case "sentinel-user" -> config.sentinelUser = line.exactly(1).word(0);
            case "sentinel-pass" -> config.sentinelPass = line.exactly(1).word(0);
            case "host-id" -> config.hostId = hostId(line.exactly(1));
            case "current-epoch" -> config.currentEpoch = Math.max(config.currentEpoch, line.exactly(1).epoch(0));
            default -> masters.read(line);
        }
    }

    private void id(Line line) throws WrongException {
        if (!line.word(0).matches("[0-9a-f]{40}")) {
            throw line.wrong("Malformed Sentinel id in myid option.");
        }
        config.id = line.word(0);
    }

    private void announceIp(Line line) throws WrongException {
        if (!line.word(0).isEmpty()) {
            // it stands in messages of eight words with commas between them
            line.address(line.word(0), 1, true);
        }
        config.announceIp = line.word(0);
    }

    private static String hostId(Line line) throws WrongException {
        if (!line.word(0).matches("[!-+\\--~]{1,64}")) {
            throw line.wrong("A host id is one word of at most 64 characters, without a comma.");
        }
        return line.word(0);
    }

    private static boolean yesNo(Line line, String otherwise) throws WrongException {
        return switch (line.word(0).toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw line.wrong(otherwise);
        };
    }

    /** One statement, and its arguments behind the option's name. */
    static final class Line {
        private final Statement statement;

        Line(Statement statement) {
            this.statement = statement;
        }

        boolean isRemembered() {
            return statement.words().get(0).equals(SentinelFile.REMEMBERED);
        }

        /** All words behind the first one. */
        List<String> behindFirst() {
            return statement.words().subList(1, statement.words().size());
        }

        String option() {
            return statement.words().get(1).toLowerCase(Locale.ROOT);
        }

        int size() {
            return statement.words().size() - 2;
        }

        String word(int index) {
            return statement.words().get(2 + index);
        }

        Line exactly(int arguments) throws WrongException {
            if (size() != arguments) {
                throw unrecognized();
            }
            return this;
        }

        long number(int index, long min, long max, String otherwise) throws WrongException {
            try {
                long number = Long.parseLong(word(index));
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw wrong(otherwise);
            }
            throw wrong(otherwise);
        }

        long epoch(int index) throws WrongException {
            return number(index, 0, Long.MAX_VALUE, "An epoch is a number of at most 63 bits.");
        }

        /** @param names whether a name will do in place of an IP address */
        Address address(int host, int port, boolean names) throws WrongException {
            return address(word(host), (int) number(port, 1, 65_535, "Invalid port number."), names);
        }

        Address address(String host, int port, boolean names) throws WrongException {
            if (!HostWord.isAcceptable(host, names)) {
                throw wrong("Can't resolve instance hostname.");
            }
            return new Address(host, port);
        }

        WrongException unrecognized() {
            return wrong(UNRECOGNIZED);
        }

        WrongException wrong(String why) {
            return new WrongException(statement, why);
        }
    }
}
