package io.releve.config;

import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One setting: its name in redis.conf, its type, its default, its bounds. Declared once, by the part that owns it, as a
 * constant beside the code that reads it; offered to CONFIG through a {@link DirectiveSet}.
 *
 * @param <T> type of the value
 */
public final class Directive<T> {
    /** How a value is read and shown. */
    @ConsumerType
    public interface Format<T> {
        /**
         * Reads the words that follow the directive's name.
         *
         * @throws IllegalArgumentException with the text for the user, without the name of the directive
         */
        T parse(List<String> words);

        /** The value as CONFIG GET shows it, which {@link #parse} reads back once it is split into words. */
        String show(T value);
    }

    /** Properties of a directive. */
    public enum Trait {
        /** Only from file and command line. */
        IMMUTABLE,
        /** May stand on several lines, which add up; CONFIG SET adds to the value in force as well. */
        REPEATED,
        /** Together with {@link #REPEATED}: lines add up, but CONFIG SET starts from nothing. */
        REPLACED,
        /** Not to be shown to those who may not see secrets. */
        SECRET
    }

    private final String name;
    private final String alias;
    private final Format<T> format;
    private final T defaultValue;
    private final List<Trait> traits;

    private Directive(String name, String alias, Format<T> format, T defaultValue, List<Trait> traits) {
        this.name = Objects.requireNonNull(name);
        this.alias = alias;
        this.format = Objects.requireNonNull(format);
        this.defaultValue = defaultValue;
        this.traits = traits;
    }

    /** Any format. */
    public static <T> Directive<T> of(String name, Format<T> format, T defaultValue) {
        return new Directive<>(name, null, format, defaultValue, List.of());
    }

    /** {@code yes} or {@code no}. */
    public static Directive<Boolean> bool(String name, boolean defaultValue) {
        return of(name, Formats.BOOL, defaultValue);
    }

    /** A whole number within bounds, inclusive. */
    public static Directive<Long> integer(String name, long defaultValue, long min, long max) {
        return of(name, Formats.integer(min, max), defaultValue);
    }

    /** A number of bytes, written with an optional unit (redis.conf: {@code k kb m mb g gb}, in any case). */
    public static Directive<Long> memory(String name, long defaultValue, long min, long max) {
        return of(name, Formats.memory(min, max), defaultValue);
    }

    /** A text of one word; an empty one as {@code ""}. */
    public static Directive<String> text(String name, String defaultValue) {
        return of(name, Formats.TEXT, defaultValue);
    }

    /** Several words, shown with blanks between them. */
    public static Directive<List<String>> words(String name, List<String> defaultValue) {
        return of(name, Formats.WORDS, defaultValue);
    }

    /**
     * Whole numbers in groups of {@code length}; an empty word clears what stands before it.
     *
     * @param wrong what the user hears who writes something else
     */
    public static Directive<List<String>> groups(String name, int length, String wrong, List<String> defaultValue) {
        return of(name, new Groups(length, wrong), defaultValue);
    }

    /** One of several words, in any case. */
    public static Directive<String> choice(String name, String defaultValue, String... choices) {
        return of(name, Formats.choice(choices), defaultValue);
    }

    /** The same directive with further traits. */
    public Directive<T> with(Trait... more) {
        return new Directive<>(name, alias, format, defaultValue, List.of(more));
    }

    /** The same directive with an older name beside its own. */
    public Directive<T> alias(String older) {
        return new Directive<>(name, older, format, defaultValue, traits);
    }

    /** Lower case. */
    public String name() {
        return name;
    }

    /** Its older name, or null. */
    public String alias() {
        return alias;
    }

    public Format<T> format() {
        return format;
    }

    public T defaultValue() {
        return defaultValue;
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    @Override
    public String toString() {
        return name;
    }
}
