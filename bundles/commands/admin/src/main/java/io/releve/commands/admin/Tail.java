package io.releve.commands.admin;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;

/**
 * A request inside a request: the arguments from some position on.
 *
 * @param request the outer one
 * @param from position of the inner one's name
 */
record Tail(Arguments request, int from) implements Arguments {
    @Override
    public int size() {
        return request.size() - from;
    }

    @Override
    public Bytes get(int i) {
        return request.get(from + i);
    }
}
