package io.releve.command;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a command's keys stand and what happens to them: how to find the first one ({@code begin_search}) and the rest
 * ({@code find_keys}), as redis.io describes in "Command key specifications".
 *
 * @param flags what happens to the keys
 * @param begin how to find the first argument to look at
 * @param find how to find the keys from there
 * @param notes remark shown by COMMAND DOCS and COMMAND INFO, or null
 */
public record KeySpec(Set<Flag> flags, Begin begin, Find find, String notes) {

    /** What a command does with a key. */
    public enum Flag {
        RO, RW, OW, RM, ACCESS, UPDATE, INSERT, DELETE, NOT_KEY, INCOMPLETE, VARIABLE_FLAGS;

        /** The name in COMMAND INFO: the first four in capitals, the others not. */
        public String redisName() {
            return ordinal() < 4 ? name() : name().toLowerCase(Locale.ROOT);
        }
    }

    /** The first argument to look at. */
    @ProviderType
    public sealed interface Begin {
    }

    /** It stands at a fixed position, 0 being the command's name. */
    public record Index(int index) implements Begin {
        /** @throws IllegalArgumentException where no argument can be */
        public Index {
            possible(index > 0, "a first key at " + index);
        }
    }

    /** It follows a keyword, searched from a position (negative: backwards from the end). */
    public record Keyword(String keyword, int startFrom) implements Begin {
        /** @throws IllegalArgumentException where no argument can be */
        public Keyword {
            possible(startFrom != 0 && !keyword.isEmpty(), "keys behind '" + keyword + "' from " + startFrom);
        }
    }

    /** Its position cannot be described. */
    public record Unknown() implements Begin, Find {
    }

    /** The keys from the first argument on. */
    @ProviderType
    public sealed interface Find {
    }

    /** Every {@code step}-th argument up to {@code last}, relative to the first; negative counts from the end. */
    public record Range(int last, int step, int limit) implements Find {
        /** @throws IllegalArgumentException of a step that leads nowhere */
        public Range {
            possible(step > 0 && limit >= 0, "every " + step + "th argument, limit " + limit);
        }
    }

    /** A number of keys stands at {@code keyNumIndex}, the first key at {@code firstKey}, both relative. */
    public record KeyNum(int keyNumIndex, int firstKey, int step) implements Find {
        /** @throws IllegalArgumentException of a step that leads nowhere, or a place before the first argument */
        public KeyNum {
            possible(keyNumIndex >= 0 && firstKey >= 0 && step > 0,
                    "every " + step + "th argument from " + firstKey + ", counted at " + keyNumIndex);
        }
    }

    /** Keys from {@code index} to {@code last} (relative to {@code index}, or negative from the end). */
    public static KeySpec range(int index, int last, int step, Flag... flags) {
        return new KeySpec(set(flags), new Index(index), new Range(last, step, 0), null);
    }

    /** One key at {@code index}. */
    public static KeySpec at(int index, Flag... flags) {
        return range(index, 0, 1, flags);
    }

    /** Keys counted by an argument. */
    public static KeySpec counted(int index, int keyNumIndex, int firstKey, int step, Flag... flags) {
        return new KeySpec(set(flags), new Index(index), new KeyNum(keyNumIndex, firstKey, step), null);
    }

    /** Keys that follow a keyword. */
    public static KeySpec after(String keyword, int startFrom, int last, int step, int limit, Flag... flags) {
        return new KeySpec(set(flags), new Keyword(keyword, startFrom), new Range(last, step, limit), null);
    }

    /** Keys whose places only the command itself knows. */
    public static KeySpec unknown(String notes, Flag... flags) {
        return new KeySpec(set(flags), new Unknown(), new Unknown(), notes);
    }

    /** The same keys with a remark. */
    public KeySpec withNotes(String text) {
        return new KeySpec(flags, begin, find, text);
    }

    private static void possible(boolean is, String what) {
        if (!is) {
            throw new IllegalArgumentException("a command cannot have " + what);
        }
    }

    private static Set<Flag> set(Flag... flags) {
        EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
        for (Flag flag : flags) {
            set.add(flag);
        }
        return set;
    }
}
