package io.releve.persistence.segments;

import io.releve.contracts.disk.SimulatedDisk;
import io.releve.persistence.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A folder with segments, written without a journal. */
final class Fixture {
    static final Path FOLDER = Path.of("/data/segments");
    static final String ID = "0123456789abcdef0123456789abcdef01234567";

    final SimulatedDisk disk = new SimulatedDisk();
    private SegmentFile segment;
    private long sequence;
    private long position;

    Fixture() throws IOException {
        disk.createDirectories(FOLDER);
    }

    /** An RDB of no keys. */
    Fixture base(long newSequence, long at) throws IOException {
        io.releve.format.rdb.RdbOutput output = new io.releve.format.rdb.RdbOutput((bytes, from, length) -> {
            try (Disk.File file = disk.append(new SegmentName(newSequence, at, true).in(FOLDER))) {
                file.write(ByteBuffer.wrap(bytes, from, length));
                file.force();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }, true);
        var writer = new io.releve.format.rdb.RdbFileWriter(output, new io.releve.keyspace.EncodingLimits(), 11, true);
        writer.begin();
        writer.end();
        disk.syncDirectory(FOLDER);
        return this;
    }

    /** Begins a segment, which continues the one before unless it is fresh. */
    Fixture segment(long newSequence, long at, boolean fresh) throws IOException {
        int previous = segment == null || fresh ? 0 : segment.check();
        sequence = newSequence;
        position = at;
        segment = SegmentFile.create(disk, path(), new SegmentHeader(newSequence * 77, at, ID, previous, fresh),
                SegmentFile.staging());
        return this;
    }

    Fixture command(String... words) throws IOException {
        StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            text.append("$").append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        segment.append(Frame.DATA, position, position + bytes.length, bytes, bytes.length);
        position += bytes.length;
        segment.force();
        return this;
    }

    Fixture end() throws IOException {
        segment.force();
        segment.end(position);
        segment.force();
        return this;
    }

    Path path() {
        return new SegmentName(sequence, position, false).in(FOLDER);
    }

    long position() {
        return position;
    }

    /** Changes one byte. */
    Fixture flip(Path file, int at) throws IOException {
        byte[] content = disk.content(file);
        content[at] ^= 4;
        disk.put(file, content);
        return this;
    }
}
