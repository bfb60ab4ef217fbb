package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.config.Directive;
import io.releve.engine.Engine;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Value;

/** A snapshot as an RDB. */
public final class RdbSnapshotFormat implements SnapshotFormat {
    private final Engine engine;
    private final long usedMemory;
    private final String replicationId;
    private final long replicationPosition;
    private final boolean aofBase;
    private final RdbOutput output;
    private final RdbFileWriter writer;

    /**
     * @param usedMemory for the field of that name
     * @param replicationId and
     * @param replicationPosition the place in the log
     * @param aofBase whether it is the base of an append-only file
     */
    public RdbSnapshotFormat(RdbOutput.Sink sink, Engine engine, long usedMemory, String replicationId,
            long replicationPosition, boolean aofBase) {
        this.engine = engine;
        this.usedMemory = usedMemory;
        this.replicationId = replicationId;
        this.replicationPosition = replicationPosition;
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
        writer.aux(AuxField.REPLICATION_ID, replicationId);
        writer.aux(AuxField.REPLICATION_OFFSET, replicationPosition);
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
