package io.releve.engine.core;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.CommandException;

/** A command made of given words, for the log: byte strings, texts and numbers. */
final class Effect implements Arguments {
    private final Bytes[] words;

    Effect(Object... words) {
        this.words = new Bytes[words.length];
        for (int i = 0; i < words.length; i++) {
            this.words[i] = word(words[i]);
        }
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
        return Double.parseDouble(words[i].latin1());
    }
}
