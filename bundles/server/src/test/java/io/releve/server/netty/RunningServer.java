package io.releve.server.netty;

import io.releve.command.CommandSet;
import io.releve.commands.admin.AdminCommands;
import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.keys.KeyCommands;
import io.releve.commands.hashes.HashCommands;
import io.releve.commands.lists.ListCommands;
import io.releve.commands.sets.SetCommands;
import io.releve.commands.sortedsets.SortedSetCommands;
import io.releve.commands.pubsub.PubSubCommands;
import io.releve.commands.streams.StreamCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.commands.strings.hyperloglog.HyperLogLogs;
import io.releve.contracts.FixedSettings;
import io.releve.engine.Connection;
import io.releve.engine.Session;
import io.releve.engine.core.EngineDirectives;
import io.releve.engine.core.OpenEngine;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import io.releve.log.ChangeLog;
import io.releve.log.ring.OrderedLogProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A listener on a free loopback port with an engine of its own, without OSGi. */
final class RunningServer implements AutoCloseable {
    private final FixedSettings settings = new FixedSettings(new EngineDirectives(), new ServerDirectives(),
            new HyperLogLogs());
    private final ChangeLog log = new OrderedLogProvider().open();
    private final OpenEngine engine;
    private final NettyServer server;
    private final int port;

    /** @param words of one directive, the name first */
    RunningServer(String... words) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        settings.with("port", String.valueOf(port)).with("bind", "127.0.0.1");
        if (words.length > 0) {
            settings.set(Map.of(words[0], List.of(Arrays.copyOfRange(words, 1, words.length))));
        }
        EncodingLimits limits = new EncodingLimits();
        limits.follow(settings);
        engine = new OpenEngine("test", OpenEngine.systemClock(), settings, log,
                new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 16, 0, false, limits)), () -> null);
        for (CommandSet set : List.of(new StringCommands(), new KeyCommands(), new ListCommands(),
                new HashCommands(), new SetCommands(), new SortedSetCommands(), new StreamCommands(),
                new PubSubCommands(), new ConnectionCommands(), new AdminCommands())) {
            engine.add(set, false);
        }
        engine.start();
        server = new NettyServer(engine.dispatcher(), settings);
        engine.add(server.section());
        try {
            server.open(List.of());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Has more commands. */
    void add(CommandSet set) {
        engine.add(set, false);
    }

    NettyServer server() {
        return server;
    }

    /** Another listener of the same engine with the same settings, which does nothing yet. */
    NettyServer another() {
        return new NettyServer(engine.dispatcher(), settings);
    }

    ChangeLog log() {
        return log;
    }

    int port() {
        return port;
    }

    /** Bytes that wait for a client, by the port at its end. */
    long outputBytes(int clientPort) {
        return engine.engine().sessions().stream().map(Session::connection)
                .filter(connection -> connection.remoteAddress().endsWith(":" + clientPort))
                .mapToLong(Connection::outputBytes).sum();
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Sends a text and returns everything up to the end of the stream. */
    String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Sends a text and returns so many bytes. */
    String ask(String request, int count) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket, count);
        }
    }

    static String read(Socket socket, int count) throws IOException {
        return new String(socket.getInputStream().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
        engine.close();
    }
}
