package io.releve.chronicle.format.v1;

import java.lang.reflect.Field;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.AbstractData;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.serialization.DataAccess;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;
import sun.misc.Unsafe;

/** Hands the memory of a {@link Slice} to Chronicle Map without a copy, and the hash the slice carries. */
public final class SliceAccess extends AbstractData<Slice> implements DataAccess<Slice> {
    private static final Unsafe UNSAFE = unsafe();

    private transient PointerBytesStore bytes = new PointerBytesStore();
    private transient Slice slice;

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    public RandomDataInput bytes() {
        bytes.set(slice.address(), slice.length());
        return bytes;
    }

    @Override
    public long offset() {
        return 0;
    }

    @Override
    public long size() {
        return slice.length();
    }

    /** The hash the slice carries; Chronicle's own function is not asked. */
    @Override
    public long hash(LongHashFunction ignored) {
        return slice.hash();
    }

    @Override
    public boolean equivalent(@SuppressWarnings("rawtypes") RandomDataInput source, long sourceOffset) {
        long a = ((BytesStore<?, ?>) source).addressForRead(sourceOffset);
        long b = slice.address();
        long end = b + slice.length();
        for (; b + 8 <= end; a += 8, b += 8) {
            if (UNSAFE.getLong(a) != UNSAFE.getLong(b)) {
                return false;
            }
        }
        for (; b < end; a++, b++) {
            if (UNSAFE.getByte(a) != UNSAFE.getByte(b)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void writeTo(@SuppressWarnings("rawtypes") RandomDataOutput target, long targetOffset) {
        if (slice.address() != 0) {
            UNSAFE.copyMemory(slice.address(), ((BytesStore<?, ?>) target).addressForWrite(targetOffset),
                    slice.length());
        }
    }

    @Override
    public Slice get() {
        return slice;
    }

    @Override
    public Slice getUsing(Slice using) {
        Slice result = using == null ? new Slice() : using;
        return result.set(slice.address(), slice.length(), slice.hash());
    }

    @Override
    public Data<Slice> getData(Slice instance) {
        slice = instance;
        return this;
    }

    @Override
    public void uninit() {
        slice = null;
    }

    @Override
    public DataAccess<Slice> copy() {
        return new SliceAccess();
    }

    @Override
    public void readMarshallable(WireIn wire) {
        // read back without the constructor
        bytes = new PointerBytesStore();
    }

    @Override
    public void writeMarshallable(WireOut wire) {
        // no state
    }
}
