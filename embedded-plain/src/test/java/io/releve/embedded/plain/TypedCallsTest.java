package io.releve.embedded.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.embedded.BitmapCommands;
import io.releve.embedded.Commands;
import io.releve.embedded.GeoCommands;
import io.releve.embedded.HashCommands;
import io.releve.embedded.HyperLogLogCommands;
import io.releve.embedded.KeyCommands;
import io.releve.embedded.ListCommands;
import io.releve.embedded.PubSubCommands;
import io.releve.embedded.Releve;
import io.releve.embedded.ReleveConnection;
import io.releve.embedded.Requests;
import io.releve.embedded.ServerCommands;
import io.releve.embedded.SetCommands;
import io.releve.embedded.SortedSetCommands;
import io.releve.embedded.SortedSetRangeCommands;
import io.releve.embedded.StreamCommands;
import io.releve.embedded.StringCommands;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every typed method is called, in each of its forms, and returns what it says. */
class TypedCallsTest {
    private static final Map<Class<?>, Consumer<TypedCalls>> TABLES = Map.ofEntries(
            Map.entry(StringCommands.class, KeyCalls::strings),
            Map.entry(BitmapCommands.class, KeyCalls::bitmaps),
            Map.entry(HyperLogLogCommands.class, KeyCalls::hyperLogLogs),
            Map.entry(KeyCommands.class, KeyCalls::keys),
            Map.entry(ListCommands.class, CollectionCalls::lists),
            Map.entry(HashCommands.class, CollectionCalls::hashes),
            Map.entry(SetCommands.class, CollectionCalls::sets),
            Map.entry(SortedSetCommands.class, SortedSetCalls::members),
            Map.entry(SortedSetRangeCommands.class, SortedSetCalls::ranges),
            Map.entry(GeoCommands.class, SortedSetCalls::places),
            Map.entry(StreamCommands.class, StreamCalls::streams),
            Map.entry(PubSubCommands.class, ServerCalls::messages),
            Map.entry(ServerCommands.class, ServerCalls::server));

    @Test
    void everyTypedMethodReturnsWhatItSays(@TempDir Path directory) {
        assertEquals(Set.of(Commands.class.getInterfaces()), TABLES.keySet());
        try (Releve releve = Releve.builder().directory(directory).keyspace("heap").setting("save", "").open();
                ReleveConnection connection = releve.connect()) {
            TABLES.forEach((commands, table) -> run(releve, commands, table));
            run(connection, ReleveConnection.class, ServerCalls::connection);
        }
    }

    private static void run(Requests target, Class<?> commands, Consumer<TypedCalls> table) {
        TypedCalls calls = new TypedCalls(target, commands);
        table.accept(calls);
        calls.assertComplete();
    }
}
