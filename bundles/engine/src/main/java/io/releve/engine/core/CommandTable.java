package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All commands by name, immutable. A lookup compares the first eight bytes as one number and allocates nothing. */
final class CommandTable {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Turns small ASCII letters into capitals, eight at a time. */
    private static final long CAPITALS = 0xDFDFDFDFDFDFDFDFL;

    private final CommandSlot[] slots;
    private final long[] prefixes;
    private final int[] lengths;
    private final String[] names;
    /** Whether equal prefixes and lengths mean equal names: at most eight letters. */
    private final boolean[] exact;
    private final Collection<CommandSlot> all;

    /** Commands under their own names. */
    CommandTable(Collection<CommandSlot> commands) {
        this(byName(commands));
    }

    /** @param commands by the names by which clients call them, upper case */
    CommandTable(Map<String, CommandSlot> commands) {
        all = List.copyOf(commands.values());
        int size = Integer.highestOneBit(Math.max(16, all.size() * 4));
        slots = new CommandSlot[size];
        prefixes = new long[size];
        lengths = new int[size];
        exact = new boolean[size];
        names = new String[size];
        commands.forEach((called, slot) -> {
            byte[] name = called.getBytes(StandardCharsets.ISO_8859_1);
            long prefix = prefix(name, 0, name.length);
            int at = place(prefix, name.length);
            while (slots[at] != null) {
                at = at + 1 & size - 1;
            }
            slots[at] = slot;
            prefixes[at] = prefix;
            lengths[at] = name.length;
            names[at] = called;
            exact[at] = name.length <= Long.BYTES && called.chars().allMatch(c -> c >= 'A' && c <= 'Z');
        });
    }

    private static Map<String, CommandSlot> byName(Collection<CommandSlot> commands) {
        Map<String, CommandSlot> slots = new LinkedHashMap<>();
        commands.forEach(slot -> slots.put(slot.spec.name(), slot));
        return slots;
    }

    Collection<CommandSlot> all() {
        return all;
    }

    CommandSlot find(Bytes name) {
        int length = name.length();
        long prefix = prefix(name.array(), name.offset(), length);
        for (int at = place(prefix, length);; at = at + 1 & slots.length - 1) {
            CommandSlot slot = slots[at];
            if (slot == null || prefixes[at] == prefix && lengths[at] == length && (exact[at] || name.is(names[at]))) {
                return slot;
            }
        }
    }

    /** The command or subcommand that a request asks for, or null. */
    CommandSlot resolve(Arguments request) {
        CommandSlot slot = find(request.get(0));
        return slot == null || slot.subcommands == null || request.size() == 1 ? slot
                : slot.subcommands.get(request.get(1).latin1().toUpperCase(Locale.ROOT));
    }

    /** The command or subcommand ({@code CONTAINER|NAME}) of this name in any case, or null. */
    CommandSlot named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        int bar = upper.indexOf('|');
        CommandSlot slot = find(Bytes.of(bar < 0 ? upper : upper.substring(0, bar)));
        if (slot == null || bar < 0) {
            return slot;
        }
        return slot.subcommands == null ? null : slot.subcommands.get(upper.substring(bar + 1));
    }

    private int place(long prefix, int length) {
        long h = (prefix + length) * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 40) & slots.length - 1;
    }

    private static long prefix(byte[] array, int offset, int length) {
        if (offset + 8 <= array.length) {
            long word = (long) LONG.get(array, offset) & CAPITALS;
            return length >= 8 ? word : word & (1L << 8 * length) - 1;
        }
        long word = 0;
        for (int i = Math.min(length, 8) - 1; i >= 0; i--) {
            word = word << 8 | array[offset + i] & 0xDF;
        }
        return word;
    }
}
