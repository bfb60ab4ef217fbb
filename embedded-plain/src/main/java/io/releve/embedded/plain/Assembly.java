package io.releve.embedded.plain;

import io.releve.acl.core.AclAuthorizer;
import io.releve.acl.core.AclCommands;
import io.releve.acl.core.AclDirectives;
import io.releve.command.CommandSet;
import io.releve.commands.admin.AdminCommands;
import io.releve.commands.connection.ConnectionCommands;
import io.releve.commands.hashes.HashCommands;
import io.releve.commands.keys.KeyCommands;
import io.releve.commands.lists.ListCommands;
import io.releve.commands.pubsub.PubSubCommands;
import io.releve.commands.sets.SetCommands;
import io.releve.commands.sortedsets.SortedSetCommands;
import io.releve.commands.streams.StreamCommands;
import io.releve.commands.strings.StringCommands;
import io.releve.commands.strings.hyperloglog.HyperLogLogs;
import io.releve.config.DirectiveSet;
import io.releve.config.Settings;
import io.releve.config.file.StandaloneSettings;
import io.releve.embedded.EngineAssembly;
import io.releve.embedded.ReleveBuilder;
import io.releve.engine.core.EngineDirectives;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.PersistenceDirectives;
import io.releve.engine.disk.FileDisk;
import io.releve.keyspace.KeyspaceProvider;
import io.releve.keyspace.chronicle.ChronicleKeyspaceProvider;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import io.releve.log.ring.OrderedLogProvider;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.aof.AofDirectives;
import io.releve.persistence.aof.AofJournalProvider;
import io.releve.persistence.rdb.RdbSnapshotterProvider;
import io.releve.persistence.rdb.SnapshotDirectives;
import io.releve.persistence.segments.SegmentsDirectives;
import io.releve.persistence.segments.SegmentsJournalProvider;
import io.releve.replication.psync.PsyncProvider;
import io.releve.replication.psync.ReplicationCommands;
import io.releve.replication.psync.ReplicationDirectives;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/** What a server is made of, but the sockets it listens at: the parts that bundles would bring. */
public final class Assembly implements EngineAssembly {
    private static final List<DirectiveSet> DIRECTIVES = List.of(new EngineDirectives(), new PersistenceDirectives(),
            new AofDirectives(), new SegmentsDirectives(), new SnapshotDirectives(), new HyperLogLogs(), new AclDirectives(),
            new ReplicationDirectives());

    @Override
    public OpenedEngine open(ReleveBuilder wanted) throws IOException {
        Shutdown shutdown = new Shutdown(wanted.name());
        Future<List<CommandSet>> commands = commands(wanted.name());
        Settings settings = StandaloneSettings.read(DIRECTIVES, wanted.configuration(),
                Map.of("dir", List.of(Path.of("data").toAbsolutePath().toString())), wanted.settings());
        Files.createDirectories(Path.of(settings.get(EngineDirectives.DIR)));
        List<JournalProvider> journals = List.of(new AofJournalProvider(), new SegmentsJournalProvider());
        OpenEngine engine = OpenEngine.open(new OpenEngine.Parts(wanted.name(), OpenEngine.systemClock(), settings,
                new OrderedLogProvider().open(), keyspace(settings.get(EngineDirectives.KEYSPACE)), journals,
                new RdbSnapshotterProvider(), new FileDisk(), () -> shutdown));
        try {
            engine.add(got(commands), false);
            wanted.commandSets().forEach(set -> engine.add(set, true));
            AclAuthorizer users = AclAuthorizer.withoutDeclarations();
            engine.add(users.statistics());
            engine.authorizer(users);
            engine.add(new PsyncProvider());
            engine.start();
            engine.load();
        } catch (IllegalArgumentException e) {
            engine.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            engine.close();
            throw e;
        }
        return new PlainEngine(engine, shutdown);
    }

    private static KeyspaceProvider keyspace(String name) throws IOException {
        return Stream.of(new ChronicleKeyspaceProvider(), new HeapKeyspaceProvider())
                .filter(provider -> provider.name().equals(name)).findFirst()
                .orElseThrow(() -> new IOException("There is no keyspace '" + name + "'"));
    }

    /** On a thread that ends with it: two hundred classes, while the engine's are loaded here. The log must be there before. */
    private static Future<List<CommandSet>> commands(String instance) {
        FutureTask<List<CommandSet>> made = new FutureTask<>(Assembly::commandSets);
        Thread thread = new Thread(made, "releve-" + instance + "-open-1");
        thread.setDaemon(true);
        thread.start();
        return made;
    }

    private static List<CommandSet> commandSets() {
        return List.of(new StringCommands(), new KeyCommands(), new ListCommands(), new HashCommands(), new SetCommands(),
                new SortedSetCommands(), new StreamCommands(), new PubSubCommands(), new ConnectionCommands(),
                new AdminCommands(), new AclCommands(), new ReplicationCommands());
    }

    private static List<CommandSet> got(Future<List<CommandSet>> made) throws IOException {
        try {
            return made.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the instance opens");
        } catch (ExecutionException e) {
            throw new IOException("The commands cannot be loaded: " + e.getCause(), e.getCause());
        }
    }
}
