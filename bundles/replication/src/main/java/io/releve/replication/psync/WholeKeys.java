package io.releve.replication.psync;

import io.releve.engine.Turn;
import io.releve.format.rdb.RdbFileReader;
import io.releve.format.rdb.RdbInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Function;

/**
 * An RDB on its way from the network into the databases: the network is waited for without the turn, and what has come is handed
 * on only up to the end of a key, since others must not have the turn while a value is being made. So the largest value has to
 * fit into memory as it stands in the RDB.
 */
final class WholeKeys implements RdbInput.Source {
    /** About so much is read before it is handed on. */
    private static final int PIECE = 1 << 17;
    private static final int MOST = Integer.MAX_VALUE - 16;

    private final Turn turn;
    private final RdbInput.Source network;
    private final RdbFileReader reader;
    private byte[] held = new byte[2 * PIECE];
    /** Position in the RDB of the first byte that is held, and of the first that was not handed on. */
    private long start;
    private long handedOn;
    /** Bytes that are held. */
    private int length;

    /** @param checking makes what reads an RDB and checks it */
    WholeKeys(Turn turn, RdbInput.Source network, Function<RdbInput.Source, RdbFileReader> checking) {
        this.turn = turn;
        this.network = network;
        reader = checking.apply(this::receive);
    }

    /** What has checked it; at its end when everything was handed on. */
    RdbFileReader reader() {
        return reader;
    }

    @Override
    public int read(byte[] target, int from, int most) {
        if (handedOn == reader.position()) {
            turn.give();
            try {
                readOn();
            } finally {
                turn.take();
            }
        }
        int count = (int) Math.min(most, reader.position() - handedOn);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(held, (int) (handedOn - start), target, from, count);
        handedOn += count;
        return count;
    }

    private void readOn() {
        int done = (int) (handedOn - start);
        length -= done;
        System.arraycopy(held, done, held, 0, length);
        start = handedOn;
        if (held.length > 4 * PIECE && length < PIECE) {
            held = Arrays.copyOf(held, 2 * PIECE);
        }
        while (reader.position() - handedOn < PIECE && reader.next()) {
            // it is whole
        }
    }

    private int receive(byte[] target, int from, int most) {
        int count = network.read(target, from, most);
        if (count > 0) {
            long needed = (long) length + count;
            if (needed > MOST) {
                throw new UncheckedIOException(new IOException("it has a value of 2 GiB or more, for which repl-diskless-load"
                        + " must be disabled"));
            }
            if (needed > held.length) {
                held = Arrays.copyOf(held, (int) Math.min(MOST, Math.max(needed, 2L * held.length)));
            }
            System.arraycopy(target, from, held, length, count);
            length += count;
        }
        return count;
    }
}
