package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of MIGRATE.
 *
 * @param database number of the target's database
 * @param timeout for every step of the conversation, ms
 * @param copy whether the keys stay here
 * @param replace whether keys over there are replaced
 * @param login the words of AUTH, or none
 */
record MigrateRequest(String host, int port, long database, int timeout, boolean copy, boolean replace,
        List<byte[]> login, List<Bytes> keys) {
    private static final int DEFAULT_TIMEOUT = 1000;
    private static final CommandException KEY_AND_KEYS = new CommandException(
            "ERR When using MIGRATE KEYS option, the key argument must be set to the empty string");

    static MigrateRequest parse(Arguments arguments) {
        boolean copy = false;
        boolean replace = false;
        List<byte[]> login = List.of();
        int firstKey = 3;
        int end = 4;
        for (int i = 6; i < arguments.size(); i++) {
            int left = arguments.size() - i - 1;
            if (arguments.is(i, "COPY")) {
                copy = true;
            } else if (arguments.is(i, "REPLACE")) {
                replace = true;
            } else if (arguments.is(i, "AUTH") && left >= 1) {
                login = List.of(arguments.get(++i).toByteArray());
            } else if (arguments.is(i, "AUTH2") && left >= 2) {
                login = List.of(arguments.get(i + 1).toByteArray(), arguments.get(i + 2).toByteArray());
                i += 2;
            } else if (arguments.is(i, "KEYS")) {
                if (arguments.get(3).length() > 0) {
                    throw KEY_AND_KEYS;
                }
                firstKey = i + 1;
                end = arguments.size();
                break;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        int timeout = (int) Math.min(arguments.integer(5), Integer.MAX_VALUE);
        long database = arguments.integer(4);
        List<Bytes> keys = new ArrayList<>();
        for (int i = firstKey; i < end; i++) {
            keys.add(arguments.get(i));
        }
        return new MigrateRequest(arguments.get(1).text(), port(arguments.get(2)), database,
                timeout <= 0 ? DEFAULT_TIMEOUT : timeout, copy, replace, login, keys);
    }

    /** -1 when it is none: nobody listens there. */
    private static int port(Bytes text) {
        try {
            int port = Integer.parseInt(text.latin1());
            return port < 0 || port > 0xffff ? -1 : port;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
