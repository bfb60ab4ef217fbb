package io.releve.keyspace.chronicle;

import io.releve.keyspace.chronicle.directory.DirectoryState;
import io.releve.keyspace.chronicle.expiry.ExpiryState;
import io.releve.keyspace.chronicle.extent.AllocatorState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The file {@code keyspace.state}: it is there only between a clean stop and the next start, so that a crash leaves
 * none. Big-endian: magic i64, layout version i32, length of the rest i32, its CRC-32C i32, then a {@link
 * KeyspaceState}.
 */
final class StateFile {
    /** Version of all layouts of this keyspace: this file, directories, records, pages, expiry index. */
    static final int LAYOUT = 3;

    private static final long MAGIC = 0x52454c4556454b53L;
    private static final int HEADER = 20;

    private final Path file;

    StateFile(Path folder) {
        file = folder.resolve("keyspace.state");
    }

    /** Null when there is none. */
    KeyspaceState read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
        if (content.remaining() < HEADER || content.getLong() != MAGIC) {
            throw unusable("is not the state of a keyspace", null);
        }
        int layout = content.getInt();
        if (layout != LAYOUT) {
            throw unusable("was written by layout " + layout + ", this is layout " + LAYOUT, null);
        }
        int length = content.getInt();
        int sum = content.getInt();
        CRC32C crc = new CRC32C();
        crc.update(content.array(), HEADER, content.remaining());
        if (length != content.remaining() || (int) crc.getValue() != sum) {
            throw unusable("is damaged", null);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content.array(), HEADER, length))) {
            return read(in);
        } catch (RuntimeException e) {
            throw unusable("is damaged", e);
        }
    }

    private UnusableException unusable(String how, Exception cause) {
        return new UnusableException(file + " " + how, ": start with --keyspace-reuse no to load the data from AOF or RDB;"
                + " if they have none, run 'releve migrate' of the version that wrote it, which makes a snapshot; or remove the"
                + " directory " + file.getParent(), cause);
    }

    /** The file is there and says nothing that can be used. */
    static final class UnusableException extends IOException {
        private final String reason;

        UnusableException(String reason, String advice, Exception cause) {
            super(reason + advice, cause);
            this.reason = reason;
        }

        /** Without advice. */
        String reason() {
            return reason;
        }
    }

    private static KeyspaceState read(DataInputStream in) throws IOException {
        long identity = in.readLong();
        String bootId = in.readUTF();
        boolean synced = in.readBoolean();
        long[] seeds = readLongs(in);
        byte[] secret = in.readNBytes(in.readInt());
        int directories = in.readInt();
        AllocatorState pages = new AllocatorState(in.readInt(), in.readLong(), in.readInt(), in.readInt(),
                readLongs(in));
        List<DatabaseState> databases = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            int index = in.readInt();
            DirectoryState directory = new DirectoryState(in.readUTF(), in.readInt(), in.readInt(), in.readLong(),
                    in.readLong(), in.readBoolean() ? readLongs(in) : null);
            databases.add(new DatabaseState(index, directory, in.readLong(),
                    new ExpiryState(in.readLong(), in.readInt(), in.readLong(), in.readLong())));
        }
        return new KeyspaceState(identity, bootId, synced, seeds, secret, directories, pages, databases);
    }

    private static long[] readLongs(DataInputStream in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    /** Writes the file so that after a power failure it is there as a whole or not at all. */
    void write(KeyspaceState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(state, new DataOutputStream(bytes));
        byte[] body = bytes.toByteArray();
        CRC32C crc = new CRC32C();
        crc.update(body);
        ByteBuffer content = ByteBuffer.allocate(HEADER + body.length).putLong(MAGIC).putInt(LAYOUT)
                .putInt(body.length).putInt((int) crc.getValue()).put(body).flip();
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder();
    }

    private static void write(KeyspaceState state, DataOutputStream out) throws IOException {
        out.writeLong(state.identity());
        out.writeUTF(state.bootId());
        out.writeBoolean(state.synced());
        writeLongs(out, state.seeds());
        out.writeInt(state.secret().length);
        out.write(state.secret());
        out.writeInt(state.directories());
        AllocatorState pages = state.pages();
        out.writeInt(pages.blocks());
        out.writeLong(pages.used());
        out.writeInt(pages.wholeBlocks());
        out.writeInt(pages.epoch());
        writeLongs(out, pages.heads());
        out.writeInt(state.databases().size());
        for (DatabaseState database : state.databases()) {
            out.writeInt(database.index());
            DirectoryState directory = database.directory();
            out.writeUTF(directory.name());
            out.writeInt(directory.generation());
            out.writeInt(directory.segments());
            out.writeLong(directory.size());
            out.writeLong(directory.chunks());
            out.writeBoolean(directory.moved() != null);
            if (directory.moved() != null) {
                writeLongs(out, directory.moved());
            }
            out.writeLong(database.references());
            ExpiryState expiry = database.expiry();
            out.writeLong(expiry.root());
            out.writeInt(expiry.height());
            out.writeLong(expiry.size());
            out.writeLong(expiry.sum());
        }
    }

    private static void writeLongs(DataOutputStream out, long[] values) throws IOException {
        out.writeInt(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    /** Removes it, for good: from now on a crash is a crash. */
    void remove() throws IOException {
        if (Files.deleteIfExists(file)) {
            syncFolder();
        }
    }

    private void syncFolder() throws IOException {
        try (FileChannel channel = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
