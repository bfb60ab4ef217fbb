package io.releve.contracts.journal;

import io.releve.bytes.Bytes;
import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.CommandException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A request of its own. */
record Words(List<Bytes> words) implements Arguments {
    static Words of(Object... words) {
        return new Words(Arrays.stream(words).map(w -> w instanceof Bytes b ? b : Bytes.of(w.toString())).toList());
    }

    static Words copy(Arguments request) {
        List<Bytes> words = new ArrayList<>();
        for (int i = 0; i < request.size(); i++) {
            words.add(request.get(i).copy());
        }
        return new Words(words);
    }

    @Override
    public int size() {
        return words.size();
    }

    @Override
    public Bytes get(int i) {
        return words.get(i);
    }

    @Override
    public long integer(int i) {
        if (!Numbers.isInteger(get(i))) {
            throw CommandException.NOT_INTEGER;
        }
        return Numbers.integer(get(i));
    }

    @Override
    public double decimal(int i) {
        return Numbers.decimal(get(i));
    }
}
