package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.releve.command.Command;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.engine.Mode;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CommandRegistryTest {
    private static Command command(String name, CommandFlag... flags) {
        return Command.of(CommandSpec.command(name, 2).flags(flags).build(), call -> { });
    }

    private static CommandSet set(String name, Command... commands) {
        return new CommandSet() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Command> commands() {
                return List.of(commands);
            }
        };
    }

    private static TreeSet<String> names(CommandRegistry registry) {
        TreeSet<String> names = new TreeSet<>();
        registry.specs().forEach(spec -> names.add(spec.name()));
        registry.commands().forEach(command -> command.subcommands().forEach(sub -> names.add(sub.spec().name())));
        return names;
    }

    private static CommandRegistry registry(Mode mode) {
        CommandRegistry registry = new CommandRegistry(mode);
        registry.add(set("pubsub", command("PUBLISH"), command("GET"), command("PING", CommandFlag.SENTINEL),
                Command.container(CommandSpec.command("CLIENT", -2).flags(CommandFlag.SENTINEL).build(),
                        List.of(command("CLIENT|ID", CommandFlag.SENTINEL), command("CLIENT|NO-TOUCH")))), true);
        registry.add(set("sentinel", command("PUBLISH", CommandFlag.ONLY_SENTINEL, CommandFlag.PUBSUB),
                Command.container(CommandSpec.command("SENTINEL", -2).flags(CommandFlag.ONLY_SENTINEL).build(),
                        List.of(command("SENTINEL|MYID", CommandFlag.ONLY_SENTINEL)))), true);
        return registry;
    }

    @Test
    void eachModeHasItsCommands() {
        CommandRegistry server = registry(Mode.SERVER);
        assertEquals(new TreeSet<>(List.of("PUBLISH", "GET", "PING", "CLIENT", "CLIENT|ID", "CLIENT|NO-TOUCH")),
                names(server));
        assertEquals(false, server.table().named("PUBLISH").spec.has(CommandFlag.PUBSUB));
        CommandRegistry sentinel = registry(Mode.SENTINEL);
        assertEquals(new TreeSet<>(List.of("PUBLISH", "PING", "CLIENT", "CLIENT|ID", "SENTINEL", "SENTINEL|MYID")),
                names(sentinel));
        assertEquals(true, sentinel.table().named("PUBLISH").spec.has(CommandFlag.PUBSUB));
        assertEquals(null, sentinel.table().named("CLIENT|NO-TOUCH"));
    }

    /** Whoever brings a name of Redis' along does not take it over, not even while its set is being exchanged. */
    @Test
    void aNameStaysWithTheSetThatHadItFirst() {
        CommandRegistry registry = new CommandRegistry(Mode.SERVER);
        CommandSet strings = set("strings", command("GET"));
        registry.add(strings, true);
        registry.add(set("foreign", command("GET", CommandFlag.ADMIN), command("OWN")), true);
        assertEquals(false, registry.table().named("GET").spec.has(CommandFlag.ADMIN));
        assertEquals("OWN", registry.table().named("OWN").spec.name());
        registry.remove(strings);
        assertEquals(null, registry.table().named("GET").command);
        registry.add(strings, true);
        assertEquals(false, registry.table().named("GET").spec.has(CommandFlag.ADMIN));
        registry.remove(strings);
        registry.forgetAbsent(registry.removals());
        assertEquals(true, registry.table().named("GET").spec.has(CommandFlag.ADMIN));
    }

    @Test
    void keysThatNoRequestCanHaveAreRefused() {
        for (Executable impossible : List.<Executable>of(() -> KeySpec.at(0), () -> KeySpec.at(-1), () -> KeySpec.range(1, -1, 0),
                () -> KeySpec.range(1, -1, -2), () -> KeySpec.counted(1, -1, 1, 1), () -> KeySpec.counted(1, 0, -1, 1),
                () -> KeySpec.counted(1, 0, 1, 0), () -> KeySpec.after("KEYS", 0, -1, 1, 0), () -> KeySpec.after("", 1, -1, 1, 0),
                () -> KeySpec.after("KEYS", 1, -1, 1, -1))) {
            assertThrows(IllegalArgumentException.class, impossible);
        }
        CommandRegistry registry = new CommandRegistry(Mode.SERVER);
        registry.add(set("behind", Command.of(CommandSpec.command("GET", 2).keys(KeySpec.at(2)).build(), call -> { })), true);
        registry.add(set("inside", Command.container(CommandSpec.command("BOX", -2).build(), List.of(
                Command.of(CommandSpec.command("BOX|GET", 3).keys(KeySpec.at(3)).build(), call -> { })))), true);
        assertEquals(null, registry.table().named("GET"));
        assertEquals(null, registry.table().named("BOX"));
    }

    /** Clients use the new name alone, journals the old one. */
    @Test
    void commandsCanBeCalledOtherwise() {
        Map<String, String> names = new RenamedCommands().parse(List.of("get", "Hidden-Get", "PING", ""));
        CommandRegistry registry = new CommandRegistry(Mode.SERVER, names);
        registry.add(set("test", command("GET"), command("PING"), command("SET")), true);
        assertEquals("GET", registry.table().named("hidden-get").spec.name());
        assertEquals(null, registry.table().named("get"));
        assertEquals(null, registry.table().named("ping"));
        assertEquals("SET", registry.table().named("set").spec.name());
        assertEquals("GET", registry.originals().named("get").spec.name());
        assertEquals(null, registry.wrongRenaming());
        assertEquals("rename-command: No such command: NONE", wrong("NONE", "X"));
        assertEquals("rename-command: Target command name already exists: SET", wrong("GET", "SET"));
    }

    private static String wrong(String name, String target) {
        CommandRegistry registry = new CommandRegistry(Mode.SERVER, Map.of(name, target));
        registry.add(set("test", command("GET"), command("SET")), true);
        return registry.wrongRenaming();
    }
}
