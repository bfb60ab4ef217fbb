package io.releve.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.engine.Dispatcher;
import io.releve.engine.Subscriptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the same requests on an engine in this JVM and on a real server, and compares what they cause: the keyspace
 * events in their order and the number of changes. The engine must have the commands of {@link #PROBE}.
 */
public final class ChangeComparison implements AutoCloseable {
    /** What the comparison needs in the engine: one command that subscribes to events, one that tells the changes. */
    public static final CommandSet PROBE = new CommandSet() {
        @Override
        public String name() {
            return "probe";
        }

        @Override
        public List<Command> commands() {
            return List.of(Command.of(CommandSpec.command("PROBE.LISTEN", 1).build(), ChangeComparison::listen),
                    Command.of(CommandSpec.command("PROBE.CHANGES", 1).build(), call ->
                            call.reply().bulk(call.engine().info(List.of("persistence")))));
        }
    };

    private static final String CLASSES = "EAn";
    private static final String PATTERN = "__keyevent@*";
    /** A channel that the pattern matches; a message on it comes after those of the request before. */
    private static final String END = "__keyevent@end";
    private static final String CHANGES = "rdb_changes_since_last_save:";

    private final LocalClient ours;
    private final LocalClient ourListener;
    private final Oracle oracle;
    private final Oracle listener;

    public ChangeComparison(Dispatcher dispatcher, LocalClient ours, Oracle oracle) throws IOException {
        this.ours = ours;
        this.oracle = oracle;
        ourListener = new LocalClient(dispatcher);
        ourListener.run("probe.listen");
        oracle.run("config", "set", "notify-keyspace-events", CLASSES);
        listener = oracle.client();
        listener.run("psubscribe", PATTERN);
    }

    private static void listen(Call call) {
        call.engine().settings().set(Map.of("notify-keyspace-events", List.of(CLASSES)));
        call.engine().subscriptions().subscribe(call.session(), Subscriptions.Kind.PATTERN, Bytes.of(PATTERN));
        call.reply().ok();
    }

    /** Runs the requests of a script as {@link Comparison} reads it. */
    public void script(String script) {
        for (String line : script.split("\n")) {
            String request = line.strip();
            if (!request.isEmpty() && !request.startsWith("#")) {
                run(Comparison.words(request));
            }
        }
    }

    /** Runs one request on both sides and fails where events or changes differ. */
    public void run(String... words) {
        long theirsBefore = changes(oracle.run("info", "persistence"));
        oracle.run(words);
        long theirs = changes(oracle.run("info", "persistence")) - theirsBefore;
        oracle.run("publish", END, "");
        List<String> expected = new ArrayList<>();
        for (List<?> message = (List<?>) listener.message(); !message.get(2).equals(END);
                message = (List<?>) listener.message()) {
            expected.add(text(message));
        }
        long oursBefore = changes(ours.run("probe.changes"));
        ours.run(words);
        List<String> actual = new ArrayList<>();
        for (Object message : RawReply.parseAll(ourListener.received())) {
            actual.add(text((List<?>) message));
        }
        String request = String.join(" ", words);
        assertEquals(expected, actual, () -> "events of " + request);
        assertEquals(theirs, changes(ours.run("probe.changes")) - oursBefore, () -> "changes of " + request);
    }

    private static String text(List<?> message) {
        String channel = (String) message.get(2);
        return channel.substring(channel.indexOf(':') + 1) + " " + message.get(3);
    }

    private static long changes(String info) {
        int start = info.indexOf(CHANGES) + CHANGES.length();
        return Long.parseLong(info.substring(start, info.indexOf('\r', start)));
    }

    @Override
    public void close() throws IOException {
        ourListener.close();
        listener.close();
    }
}
