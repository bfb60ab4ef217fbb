package io.releve.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Sends commands, prints replies, and keeps track of what the connection is in the middle of. */
final class Client implements AutoCloseable {
    private final Options options;
    private final Format format;
    private final PrintStream out;
    private final boolean isTerminal;
    private Connection connection;
    private int database;
    private boolean inTransaction;
    private int subscriptions;

    Client(Options options, Format format, PrintStream out, boolean isTerminal) {
        this.options = options;
        this.format = format;
        this.out = out;
        this.isTerminal = isTerminal;
        this.database = options.database;
    }

    /** Connects, logs in, selects; prints why it did not work. */
    boolean connect() {
        try {
            close();
            connection = Connection.open(options);
            inTransaction = false;
            subscriptions = 0;
            return greet();
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            if (e instanceof java.net.UnknownHostException) {
                why = "Name or service not known";
            }
            System.err.println("Could not connect to Redis at " + options.address() + ": " + why);
            connection = null;
            return false;
        }
    }

    private boolean greet() throws IOException {
        if (options.password != null) {
            Reply reply = options.user == null ? connection.call("AUTH", options.password)
                    : connection.call("AUTH", options.user, options.password);
            if (reply instanceof Reply.Failure failure) {
                System.err.println("AUTH failed: " + failure.message());
            }
        }
        if (options.protocol != 0) {
            Reply reply = connection.call("HELLO", Integer.toString(options.protocol));
            if (reply instanceof Reply.Failure failure) {
                System.err.println("HELLO " + options.protocol + " failed: " + failure.message());
                return options.protocol == 2;
            }
        }
        if (database != 0 && connection.call("SELECT", Integer.toString(database)) instanceof Reply.Failure failure) {
            System.err.println("SELECT " + database + " failed: " + failure.message());
            database = 0;
        }
        return true;
    }

    Connection connection() {
        return connection;
    }

    String prompt() {
        if (connection == null) {
            return "not connected> ";
        }
        return options.address() + (database == 0 ? "" : "[" + database + "]") + (inTransaction ? "(TX)" : "")
                + (subscriptions > 0 ? "(subscribed mode)" : "") + "> ";
    }

    /**
     * Sends a command and prints its reply; a MONITOR or a SUBSCRIBE goes on until the connection ends.
     *
     * @return false when the reply was an error
     * @throws IOException when the connection is lost, which then is closed
     */
    boolean run(List<byte[]> command) throws IOException {
        try {
            return send(command);
        } catch (IOException e) {
            close();
            connection = null;
            throw e;
        }
    }

    private boolean send(List<byte[]> command) throws IOException {
        String name = new String(command.get(0), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        connection.send(command);
        int expected = name.endsWith("subscribe") ? Math.max(1, command.size() - 1) : 1;
        boolean fine = true;
        for (int i = 0; i < expected; i++) {
            Reply reply = afterPushes(name.endsWith("subscribe"));
            fine = !(reply instanceof Reply.Failure);
            if (!fine && options.exitOnError) {
                System.err.println(((Reply.Failure) reply).message());
            } else {
                print(reply);
            }
            remember(name, command, reply);
            if (!fine) {
                break;
            }
        }
        if (fine && (name.equals("monitor") || subscriptions > 0 && !name.contains("unsubscribe"))) {
            follow();
        }
        return fine;
    }

    /** In RESP3 pushes come between replies; those about subscriptions are the replies of their commands. */
    private Reply afterPushes(boolean pushIsReply) throws IOException {
        while (true) {
            Reply reply = connection.read();
            boolean isPush = reply instanceof Reply.Several several && several.kind() == Reply.Several.Kind.PUSH;
            if (!isPush || pushIsReply) {
                return reply;
            }
            print(reply);
        }
    }

    private void remember(String name, List<byte[]> command, Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            inTransaction &= !name.equals("exec") && !name.equals("discard")
                    && !failure.message().startsWith("EXECABORT");
            return;
        }
        switch (name) {
            case "select" -> {
                if (command.size() == 2 && !inTransaction) {
                    database = Integer.parseInt(new String(command.get(1), StandardCharsets.US_ASCII));
                }
            }
            case "multi" -> inTransaction = true;
            case "exec", "discard" -> inTransaction = false;
            case "reset" -> {
                inTransaction = false;
                database = 0;
            }
            case "subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe" -> {
                if (reply instanceof Reply.Several several && several.items().size() == 3
                        && several.items().get(2) instanceof Reply.Whole count) {
                    subscriptions = (int) count.value();
                }
            }
            default -> {
                return;
            }
        }
    }

    private void follow() throws IOException {
        if (isTerminal && format == Format.TERMINAL) {
            out.println("Reading messages... (press Ctrl-C to quit)");
        }
        while (true) {
            print(connection.read());
        }
    }

    void print(Reply reply) {
        byte[] text = format.format(reply);
        out.write(text, 0, text.length);
        out.flush();
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close();
        }
    }
}
