package io.releve.embedded;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One command being put together: first its words, then one of the methods that run it and say how its reply is read.
 *
 * <pre>{@code
 * long members = releve.request("SADD").add("colours").add("red").add("green").integer();
 * Reply any = releve.request("OBJECT").add("ENCODING").add("colours").reply();
 * }</pre>
 *
 * The object is used again for the next command of its connection, so nothing is allocated for it: do not keep it, and end
 * what you have begun. Words are not copied before the command runs. The methods that run it throw
 * {@link ErrorReplyException} for an error.
 */
public abstract class Invocation {
    /** Adds a word as it is. */
    public abstract Invocation add(byte[] word);

    /** Adds a word as UTF-8. */
    public abstract Invocation add(String word);

    /** Adds a number in decimal digits. */
    public abstract Invocation add(long number);

    /** Adds a number as Redis writes doubles, infinities as {@code inf} and {@code -inf}. */
    public abstract Invocation add(double number);

    /** Adds the name of a constant, which is a word of the command. */
    public Invocation add(Enum<?> word) {
        return add(word == null ? null : word.name());
    }

    /** Adds the words of an option object. */
    public abstract Invocation add(Options options);

    /** Adds several words. */
    public Invocation addAll(byte[]... words) {
        if (words == null) {
            return add((byte[]) null);
        }
        for (byte[] word : words) {
            add(word);
        }
        return this;
    }

    /** Adds several words as UTF-8. */
    public Invocation addAll(String... words) {
        if (words == null) {
            return add((String) null);
        }
        for (String word : words) {
            add(word);
        }
        return this;
    }

    /** Adds several numbers. */
    public Invocation addAll(long... numbers) {
        for (long number : numbers) {
            add(number);
        }
        return this;
    }

    /** Adds keys and values in turn, strings as UTF-8, byte arrays as they are, numbers in digits. */
    public Invocation addAll(Map<?, ?> pairs) {
        if (pairs == null) {
            return add((String) null);
        }
        pairs.forEach((key, value) -> {
            addAny(key);
            addAny(value);
        });
        return this;
    }

    /** Adds values and keys in turn: scores and members. */
    public Invocation addScores(Map<?, Double> scores) {
        if (scores == null) {
            return add((String) null);
        }
        scores.forEach((member, score) -> {
            add((double) score);
            addAny(member);
        });
        return this;
    }

    private void addAny(Object word) {
        if (word instanceof byte[] bytes) {
            add(bytes);
        } else if (word instanceof Double number) {
            add((double) number);
        } else {
            add(word == null ? null : word.toString());
        }
    }

    /** Runs it and decodes the reply. */
    public abstract <T> T as(Decoder<T> decoder);

    /** Runs it; the reply is an integer. */
    public abstract long integer();

    /** Runs it; the reply is a string, or null. */
    public abstract byte[] bytes();

    /** Runs it; the reply is a string as UTF-8, or null. */
    public abstract String text();

    /** Runs it; the reply is 1 or OK, or not. */
    public abstract boolean flag();

    /** Runs it; the reply as it came. Errors are thrown, but not those that stand inside a list. */
    public Reply reply() {
        return as(Decoders.REPLY);
    }

    /** Runs it; the reply is a status line, nearly always {@code OK}, or null. */
    public String status() {
        return as(Decoders.STATUS);
    }

    /** Runs it; the reply is a number. */
    public double decimal() {
        Double number = as(Decoders.DECIMAL);
        return number == null ? 0 : number;
    }

    /** Runs it; the reply is a list of strings, any of which may be null. */
    public List<String> texts() {
        return as(Decoders.TEXTS);
    }

    /** Runs it; the reply is a list of strings, any of which may be null. */
    public List<byte[]> byteArrays() {
        return as(Decoders.BYTE_ARRAYS);
    }

    /** Runs it; the reply is a set of strings. */
    public Set<String> textSet() {
        return as(Decoders.TEXT_SET);
    }

    /** Runs it; the reply is pairs of strings, in their order. */
    public Map<String, String> textMap() {
        return as(Decoders.TEXT_MAP);
    }

    /** Runs it; the reply is pairs of strings, in their order. */
    public List<Map.Entry<byte[], byte[]>> bytePairs() {
        return as(Decoders.BYTE_PAIRS);
    }
}
