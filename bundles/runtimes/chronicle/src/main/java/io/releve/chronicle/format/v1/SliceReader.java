package io.releve.chronicle.format.v1;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** Reads by pointing into the map; nothing is copied. */
public final class SliceReader implements SizedReader<Slice> {
    @Override
    public Slice read(@SuppressWarnings("rawtypes") Bytes in, long size, Slice using) {
        Slice slice = using == null ? new Slice() : using;
        return slice.set(in.addressForRead(in.readPosition()), size, 0);
    }

    @Override
    public void readMarshallable(WireIn wire) {
        // no state
    }

    @Override
    public void writeMarshallable(WireOut wire) {
        // no state
    }
}
