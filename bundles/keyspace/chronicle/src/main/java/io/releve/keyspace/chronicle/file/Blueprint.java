package io.releve.keyspace.chronicle.file;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * Writes what a file of Chronicle Map begins with; all behind it is zero in an empty map. Chronicle itself would map a new
 * file and clear the tables in it, and the kernel, which reads ahead, would bring all of the file into memory for that.
 */
final class Blueprint {
    /** Place of the header's length in the file; in that of a file that is not ready a bit is set. */
    private static final int LENGTH = 8;
    private static final int NOT_READY = 1 << 31;

    private static final Method NEW_MAP = method("newMap");
    private static final Method WRITE_HEADER = method("writeHeader", FileChannel.class, VanillaChronicleMap.class);

    private Blueprint() {
    }

    private static Method method(String name, Class<?>... parameters) {
        try {
            Method method = ChronicleMapBuilder.class.getDeclaredMethod(name, parameters);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** @return the size the file is to have */
    static long write(ChronicleMapBuilder<?, ?> builder, File file, RandomAccessFile open) throws IOException {
        VanillaChronicleMap<?, ?, ?> map = (VanillaChronicleMap<?, ?, ?>) call(NEW_MAP, builder);
        ByteBuffer header = (ByteBuffer) call(WRITE_HEADER, null, open.getChannel(), map);
        map.initBeforeMapping(file, open, header.limit(), false);
        long size = OS.pageAlign(map.sizeInBytesWithoutTiers());
        VanillaGlobalMutableState state = map.globalMutableState();
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) state.maxSize());
        state.bytesStore(BytesStore.wrap(bytes), 0, state.maxSize());
        state.setSegmentHeadersOffset(
                OS.pageAlign(map.headerSize + VanillaChronicleHash.RESERVED_GLOBAL_MUTABLE_STATE_BYTES));
        state.setDataStoreSize(map.sizeInBytesWithoutTiers());
        // a lock stands before it
        writeAt(open.getChannel(), bytes.clear(), map.mapHeaderInnerSize() - state.maxSize());
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(header.order());
        writeAt(open.getChannel(), length.putInt(0, header.getInt(LENGTH) & ~NOT_READY), LENGTH);
        return size;
    }

    private static void writeAt(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long begin = position - bytes.position();
        while (bytes.hasRemaining()) {
            channel.write(bytes, begin + bytes.position());
        }
    }

    private static Object call(Method method, Object on, Object... arguments) throws IOException {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
