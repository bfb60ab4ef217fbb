package io.releve.engine.core;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import io.releve.command.KeySpec;
import io.releve.engine.Mode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command sets bound at the moment, and the table made of them. The specs of commands whose set went away stay as
 * tombstones, so that dispatch can let clients wait for them instead of calling them unknown.
 */
final class CommandRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(CommandRegistry.class);

    /** A set and what it offered when it came. */
    private record Offer(CommandSet set, String name, List<Command> commands) {
    }

    private final Mode mode;
    /** Names of commands to what clients call them instead, empty for not at all. */
    private final Map<String, String> renamed;
    private final List<Offer> sets = new ArrayList<>();
    private final Map<String, CommandSpec> known = new TreeMap<>();
    /** Name of a command to the name of the set that has offered it first; those of other sets are left out. */
    private final Map<String, String> owners = new TreeMap<>();
    /** Name of a tombstone to the number of the removal that made it one. */
    private final Map<String, Long> absent = new TreeMap<>();
    private final Map<String, CommandStatistics> statistics = new TreeMap<>();
    private volatile CommandTable table = new CommandTable(List.of());
    private volatile CommandTable originals = table;
    private volatile long removals;

    /** @param mode decides which commands there are */
    CommandRegistry(Mode mode) {
        this(mode, Map.of());
    }

    /** @param renamed names of commands to what clients call them instead, empty for not at all; upper case */
    CommandRegistry(Mode mode, Map<String, String> renamed) {
        this.mode = mode;
        this.renamed = renamed;
    }

    Mode mode() {
        return mode;
    }

    /** Commands as clients call them. */
    CommandTable table() {
        return table;
    }

    /** Commands under their own names, as they stand in journals and streams. */
    CommandTable originals() {
        return originals;
    }

    /** What is wrong with the renaming of commands, now that they are there; null for nothing. */
    synchronized String wrongRenaming() {
        for (Map.Entry<String, String> each : renamed.entrySet()) {
            if (!known.containsKey(each.getKey())) {
                return "rename-command: No such command: " + each.getKey();
            }
            if (known.containsKey(each.getValue()) && !renamed.containsKey(each.getValue())) {
                return "rename-command: Target command name already exists: " + each.getValue();
            }
        }
        return null;
    }

    /**
     * Adds a set in front of or behind the others; the first set that has a name serves it. One that cannot say what it offers
     * is left out, and the log says so.
     */
    void add(CommandSet set, boolean preferred) {
        add(List.of(set), preferred);
    }

    /** Adds sets, and makes one new table for all of them. */
    synchronized void add(List<CommandSet> added, boolean preferred) {
        int before = sets.size();
        added.forEach(set -> take(set, preferred));
        if (sets.size() > before) {
            rebuild();
        }
    }

    private void take(CommandSet set, boolean preferred) {
        Offer offer;
        try {
            offer = new Offer(set, Objects.requireNonNull(set.name(), "it has no name"), List.copyOf(set.commands()));
            check(offer.commands());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("The command set {} is left out: {}", set.getClass().getName(), e.toString(), e);
            return;
        }
        offer.commands().stream().map(Command::spec).filter(spec -> spec.existsIn(mode)).forEach(spec -> {
            String owner = owners.putIfAbsent(spec.name(), offer.name());
            if (owner != null && !owner.equals(offer.name())) {
                LOG.error("The command {} of the command set {} is left out: the set {} has it", spec.name(), offer.name(), owner);
            }
        });
        sets.add(preferred ? 0 : sets.size(), offer);
    }

    private static void check(List<Command> commands) {
        Set<String> names = new HashSet<>();
        for (Command command : commands) {
            if (!names.add(command.spec().name())) {
                throw new IllegalArgumentException("it has the command " + command.spec().name() + " twice");
            }
            checkKeys(command.spec());
            command.subcommands().forEach(sub -> checkKeys(sub.spec()));
        }
    }

    /** What has keys and names none that a request can have would run without anybody's rights looked at. */
    private static void checkKeys(CommandSpec spec) {
        for (KeySpec key : spec.keys()) {
            if (spec.arity() > 0 && key.begin() instanceof KeySpec.Index first && first.index() >= spec.arity()) {
                throw new IllegalArgumentException("its command " + spec.name() + " has a key at " + first.index()
                        + ", behind its last argument");
            }
        }
    }

    synchronized void remove(CommandSet set) {
        if (sets.removeIf(offer -> offer.set() == set)) {
            removals++;
            rebuild();
        }
    }

    /** The set whose code a class belongs to, by its package; null for none. */
    synchronized CommandSet owner(String className) {
        return sets.stream().map(Offer::set)
                .filter(set -> className.startsWith(set.getClass().getPackageName() + '.')).findFirst().orElse(null);
    }

    /** Statistics by lower-case command name. */
    synchronized Map<String, CommandStatistics> statistics() {
        return new TreeMap<>(statistics);
    }

    /** How many sets have been removed so far. */
    long removals() {
        return removals;
    }

    /** Forgets the tombstones made by the first {@code removal} removals: these commands are unknown from now on. */
    synchronized void forgetAbsent(long removal) {
        List<String> forgotten = absent.keySet().stream().filter(name -> absent.get(name) <= removal).toList();
        if (!forgotten.isEmpty()) {
            forgotten.forEach(known::remove);
            forgotten.forEach(absent::remove);
            forgotten.forEach(owners::remove);
            rebuild();
        }
    }

    Collection<Command> commands() {
        return table.all().stream().filter(s -> s.command != null).map(s -> s.command).toList();
    }

    Collection<CommandSpec> specs() {
        List<CommandSpec> specs = new ArrayList<>();
        for (CommandSlot slot : table.all()) {
            specs.add(slot.spec);
            if (slot.subcommands != null) {
                slot.subcommands.values().forEach(sub -> specs.add(sub.spec));
            }
        }
        return specs;
    }

    /** The command without the subcommands that do not exist here. */
    private Command ofThisMode(Command command) {
        List<Command> here = command.subcommands().stream().filter(sub -> sub.spec().existsIn(mode)).toList();
        return here.size() == command.subcommands().size() ? command
                : Command.container(command.spec(), here, command::run);
    }

    private void rebuild() {
        Map<String, CommandSlot> slots = new LinkedHashMap<>();
        for (Offer offer : sets) {
            for (Command command : offer.commands()) {
                CommandSpec spec = command.spec();
                if (spec.existsIn(mode) && !slots.containsKey(spec.name())
                        && owners.computeIfAbsent(spec.name(), name -> offer.name()).equals(offer.name())) {
                    slots.put(spec.name(), new CommandSlot(spec, ofThisMode(command), statistics));
                    known.put(spec.name(), spec);
                }
            }
        }
        absent.keySet().removeAll(slots.keySet());
        known.forEach((name, spec) -> slots.computeIfAbsent(name, n -> {
            absent.putIfAbsent(n, removals);
            return new CommandSlot(spec, null, statistics);
        }));
        originals = new CommandTable(new TreeMap<>(slots).values());
        table = renamed.isEmpty() ? originals : new CommandTable(calledOtherwise(slots));
    }

    private Map<String, CommandSlot> calledOtherwise(Map<String, CommandSlot> slots) {
        Map<String, CommandSlot> called = new TreeMap<>();
        slots.forEach((name, slot) -> {
            String as = renamed.getOrDefault(name, name);
            if (!as.isEmpty()) {
                called.put(as, slot);
            }
        });
        return called;
    }
}
