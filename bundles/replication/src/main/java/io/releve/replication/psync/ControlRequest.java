package io.releve.replication.psync;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.CommandException;

/** A request that replication itself puts into the stream. */
final class ControlRequest implements Arguments {
    private final Bytes[] words;

    ControlRequest(String... words) {
        this.words = new Bytes[words.length];
        for (int i = 0; i < words.length; i++) {
            this.words[i] = Bytes.of(words[i]);
        }
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
        throw CommandException.NOT_FLOAT;
    }
}
