package io.releve.tools;

import io.releve.bytes.Bytes;
import io.releve.format.rdb.FunctionLibrary;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbFileReader;
import io.releve.format.rdb.RdbKey;
import io.releve.format.rdb.RdbVisitor;
import io.releve.keyspace.Type;
import io.releve.keyspace.Value;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Reads an RDB with every value in it and tells what is there. */
final class RdbReport implements RdbVisitor {
    private final Output out;
    private final long now = System.currentTimeMillis();
    private final Map<Type, Long> types = new EnumMap<>(Type.class);
    private LongSupplier position = () -> 0;
    private long keys;
    private long expiring;
    private long expired;
    private long empty;
    private long libraries;

    RdbReport(Output out) {
        this.out = out;
    }

    /**
     * Reads it.
     *
     * @param reading makes a reader that tells this object what it meets, and reads to its end
     * @return whether it is sound
     */
    boolean run(String name, Function<RdbReport, RdbFileReader> reading) {
        out.line("[offset 0] Checking RDB file %s", name);
        try {
            RdbFileReader reader = reading.apply(this);
            out.line("[offset %d] %s", reader.position(), switch (reader.checksum()) {
                case GOOD -> "Checksum OK";
                case DISABLED -> "The file was saved with checksums disabled: none was verified";
                default -> "Files of version " + reader.version() + " have no checksum: none was verified";
            });
            out.line("[offset %d] RDB looks OK", reader.position());
            counts();
            return true;
        } catch (RdbException e) {
            out.line("--- RDB ERROR DETECTED ---");
            String sentence = e.getMessage();
            String place = "Byte " + e.offset() + ", ";
            out.line("[offset %d] %s", e.offset(),
                    sentence.startsWith(place) ? sentence.substring(place.length()) : sentence);
            counts();
            return false;
        }
    }

    /** The reader whose position stands before the lines. */
    RdbReport at(LongSupplier offset) {
        position = offset;
        return this;
    }

    private void counts() {
        out.line("[info] %d keys read", keys);
        out.line("[info] %d expires", expiring);
        out.line("[info] %d already expired", expired);
        if (!types.isEmpty()) {
            out.line("[info] by type: %s", types.entrySet().stream()
                    .map(each -> each.getKey().redisName() + " " + each.getValue()).collect(Collectors.joining(", ")));
        }
        if (empty > 0) {
            out.line("[info] %d collections without elements, which are not loaded", empty);
        }
        if (libraries > 0) {
            out.line("[info] %d function libraries", libraries);
        }
    }

    @Override
    public void aux(Bytes name, Bytes value) {
        out.line("[offset %d] AUX FIELD %s = '%s'", position.getAsLong(), name, value);
    }

    @Override
    public void module(String name) {
        out.line("[offset %d] Data of the module type %s, which is not loaded", position.getAsLong(), name);
    }

    @Override
    public void function(FunctionLibrary library) {
        libraries++;
    }

    @Override
    public void database(int index) {
        out.line("[offset %d] Selecting DB ID %d", position.getAsLong(), index);
    }

    @Override
    public void key(RdbKey key) {
        if (!key.discard()) {
            empty++;
        }
        keys++;
        types.merge(key.type().type(), 1L, Long::sum);
        if (key.expireAt() != Value.NEVER) {
            expiring++;
            if (key.expireAt() < now) {
                expired++;
            }
        }
    }
}
