package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.config.Directive;
import io.releve.engine.Engine;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Value;
import io.releve.log.History;

/** A snapshot as an RDB. */
public final class RdbSnapshotFormat implements SnapshotFormat {
    private final Engine engine;
    private final long usedMemory;
    private final History place;
    private final boolean aofBase;
    private final RdbOutput output;
    private final RdbFileWriter writer;

    /**
     * @param usedMemory for the field of that name
     * @param place in the log, null when the log does not know everything that has changed
     * @param aofBase whether it is the base of an append-only file
     */
    public RdbSnapshotFormat(RdbOutput.Sink sink, Engine engine, long usedMemory, History place,
            boolean aofBase) {
        this.engine = engine;
        this.usedMemory = usedMemory;
        this.place = place;
        this.aofBase = aofBase;
        EncodingLimits limits = new EncodingLimits();
        for (Directive<Long> directive : EncodingLimits.DIRECTIVES) {
            limits.set(directive, engine.settings().get(directive));
        }
        output = new RdbOutput(sink, engine.settings().get(RdbDirectives.COMPRESSION));
        writer = new RdbFileWriter(output, limits, ValueWriter.DEFAULT_VERSION,
                engine.settings().get(RdbDirectives.CHECKSUM));
    }

    @Override
    public void begin() {
        writer.begin();
        writer.aux(AuxField.VERSION, Engine.REDIS_VERSION);
        writer.aux(AuxField.RELEVE, Engine.REDIS_VERSION);
        writer.aux(AuxField.BITS, 64);
        writer.aux(AuxField.CREATED, engine.clock().milliseconds() / 1000);
        writer.aux(AuxField.USED_MEMORY, usedMemory);
        if (place != null) {
            // whatever is selected when nothing is: the next change selects its database then
            writer.aux(AuxField.STREAM_DATABASE, Math.max(0, place.database()));
            writer.aux(AuxField.REPLICATION_ID, place.id());
            writer.aux(AuxField.REPLICATION_OFFSET, place.position());
        }
        writer.aux(AuxField.AOF_BASE, aofBase ? 1 : 0);
        engine.functions().forEach(code -> writer.function(new FunctionLibrary(code)));
    }

    @Override
    public void database(int index, long keys, long expiring) {
        writer.database(index, keys, expiring);
    }

    @Override
    public void key(Bytes key, Value value, long idle, int frequency) {
        writer.key(key, value, value.expireAt(), idle, frequency);
    }

    @Override
    public void raw(byte[] bytes, int from, int length) {
        output.writeBytes(bytes, from, length);
    }

    @Override
    public void end() {
        writer.end();
    }

    @Override
    public void flush() {
        output.flush();
    }

    @Override
    public long position() {
        return output.position();
    }
}
