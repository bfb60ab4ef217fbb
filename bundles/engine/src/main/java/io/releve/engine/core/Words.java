package io.releve.engine.core;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.CommandException;

/** A request that is not one a client is just sending: an effect for the log, a queued or waiting request. */
final class Words implements Arguments {
    private final Bytes[] words;

    /** Made of byte strings, texts and numbers; byte strings are not copied. */
    Words(Object... words) {
        this.words = new Bytes[words.length];
        for (int i = 0; i < words.length; i++) {
            this.words[i] = word(words[i]);
        }
    }

    private Words(Bytes[] words) {
        this.words = words;
    }

    /** A copy of a request, which may be kept. */
    static Words copy(Arguments request) {
        Bytes[] copies = new Bytes[request.size()];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = request.get(i).copy();
        }
        return new Words(copies);
    }

    private static Bytes word(Object word) {
        if (word instanceof Bytes bytes) {
            return bytes;
        }
        if (word instanceof byte[] array) {
            return new Bytes(array);
        }
        if (word instanceof ByteSource source) {
            return new Bytes(source.toByteArray());
        }
        return Bytes.of(word.toString());
    }

    /** Length of all words. */
    long bytes() {
        long sum = 0;
        for (Bytes word : words) {
            sum += word.length();
        }
        return sum;
    }

    @Override
    public int size() {
        return words.length;
    }

    @Override
    public Bytes get(int i) {
        return words[i];
    }

    @Override
    public long integer(int i) {
        if (!Numbers.isInteger(words[i])) {
            throw CommandException.NOT_INTEGER;
        }
        return Numbers.integer(words[i]);
    }

    @Override
    public double decimal(int i) {
        double value = Numbers.decimal(words[i]);
        if (Double.isNaN(value)) {
            throw CommandException.NOT_FLOAT;
        }
        return value;
    }
}
