package io.releve.format.rdb;

import io.releve.bytes.Bytes;
import io.releve.keyspace.Database;
import io.releve.keyspace.EncodingLimits;
import io.releve.keyspace.Keyspace;
import io.releve.keyspace.KeyspaceSettings;
import io.releve.keyspace.heap.HeapKeyspaceProvider;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a file into a heap keyspace and writes it again. */
final class HeapCopy implements RdbVisitor {
    final Keyspace keyspace = new HeapKeyspaceProvider().open(new KeyspaceSettings(Path.of("."), 16, 0, false));
    final Map<String, String> fields = new LinkedHashMap<>();
    final List<FunctionLibrary> functions = new ArrayList<>();
    final List<String> modules = new ArrayList<>();
    /** Idle time and frequency by database and key. */
    final Map<String, long[]> uses = new LinkedHashMap<>();
    final List<long[]> sizes = new ArrayList<>();
    int keys;
    int empty;

    @Override
    public void aux(Bytes name, Bytes value) {
        fields.put(name.latin1(), value.latin1());
    }

    @Override
    public void module(String name) {
        modules.add(name);
    }

    @Override
    public void function(FunctionLibrary library) {
        functions.add(library);
    }

    @Override
    public void database(int index) {
        if (index >= 16) {
            throw new RdbException("There is no database " + index);
        }
    }

    @Override
    public void sizes(long all, long expiring) {
        sizes.add(new long[] {all, expiring});
    }

    @Override
    public void key(RdbKey key) {
        keys++;
        if (key.read(keyspace.database(key.database()))) {
            uses.put(key.database() + " " + key.name().latin1(), new long[] {key.idle(), key.frequency()});
            key.add(0);
        } else {
            empty++;
        }
        keyspace.endCall();
    }

    static HeapCopy of(byte[] file) {
        HeapCopy copy = new HeapCopy();
        new RdbFileReader(new Bytes(file), copy, true).read();
        return copy;
    }

    byte[] write(int version, boolean compress, boolean checksum) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        RdbFileWriter writer = new RdbFileWriter(new RdbOutput(file::write, compress), new EncodingLimits(), version,
                checksum);
        writer.begin();
        fields.forEach(writer::aux);
        functions.forEach(writer::function);
        for (int i = 0; i < 16; i++) {
            Database database = keyspace.database(i);
            if (database.size() > 0) {
                writer.database(i, database.size(), database.expires());
                for (long cursor = 0; ; ) {
                    int index = i;
                    cursor = database.scan(cursor, 100, (key, value) -> {
                        long[] use = uses.get(index + " " + key.latin1());
                        writer.key(key, value, value.expireAt(), use[0], (int) use[1]);
                    });
                    if (cursor == 0) {
                        break;
                    }
                }
            }
        }
        writer.end();
        return file.toByteArray();
    }
}
