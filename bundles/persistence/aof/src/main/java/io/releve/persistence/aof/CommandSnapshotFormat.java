package io.releve.persistence.aof;

import io.releve.bytes.Bytes;
import io.releve.engine.Engine;
import io.releve.format.aof.CommandBuffer;
import io.releve.format.aof.ValueCommands;
import io.releve.format.rdb.RdbOutput;
import io.releve.format.rdb.SnapshotFormat;
import io.releve.keyspace.Value;

/** A snapshot as the commands that make the data anew ({@code aof-use-rdb-preamble no}). */
final class CommandSnapshotFormat implements SnapshotFormat {
    private final RdbOutput.Sink sink;
    private final Engine engine;
    private final byte[] mark;
    private final CommandBuffer buffer;
    private final ValueCommands values;
    private long raw;

    /** @param mark the place in the log */
    CommandSnapshotFormat(RdbOutput.Sink sink, Engine engine, byte[] mark) {
        this.mark = mark;
        this.sink = sink;
        this.engine = engine;
        buffer = new CommandBuffer(sink::write);
        values = new ValueCommands(buffer);
    }

    @Override
    public void begin() {
        raw(mark, 0, mark.length);
        engine.functions().forEach(values::function);
    }

    @Override
    public void database(int index, long keys, long expiring) {
        buffer.select(index);
    }

    @Override
    public void key(Bytes key, Value value, long idle, int frequency) {
        values.key(key, value, value.expireAt());
    }

    @Override
    public void raw(byte[] bytes, int from, int length) {
        buffer.flush();
        sink.write(bytes, from, length);
        raw += length;
    }

    @Override
    public void end() {
        buffer.flush();
    }

    @Override
    public void flush() {
        buffer.flush();
    }

    @Override
    public long position() {
        return buffer.position() + raw;
    }
}
