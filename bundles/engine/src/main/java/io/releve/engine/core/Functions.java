package io.releve.engine.core;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.format.rdb.DumpPayload;
import io.releve.format.rdb.FunctionLibrary;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.RdbInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Libraries of functions as they stand in RDB files, in a journal, in the stream of a master: kept as source text for the bundle
 * that understands them, for the next snapshot and for replicas. With the turn.
 */
final class Functions {
    /** The first line of a library (redis.io/docs, Redis functions). */
    private static final Pattern FIRST_LINE = Pattern.compile("#!\\S+\\s+(?:.*\\s)?name=(\\w+)\\s*(?:\\n|$)");
    private static final int LONGEST_FIRST_LINE = 1024;
    private static final int FOOTER = Short.BYTES + Long.BYTES;

    private final Map<String, byte[]> libraries = new LinkedHashMap<>();
    private long version;

    /** Takes up a library in the place of one that has the same name. */
    void add(byte[] library) {
        version++;
        String name = name(library);
        // one without a name was accepted somewhere all the same: it is not to be lost
        libraries.put(name == null ? "" + libraries.size() : name, library);
    }

    /** Takes up a library under its name. */
    void add(String name, byte[] library) {
        version++;
        libraries.put(name, library);
    }

    void remove(String name) {
        version++;
        libraries.remove(name);
    }

    /** Changes with every change. */
    long version() {
        return version;
    }

    void clear() {
        version++;
        libraries.clear();
    }

    List<byte[]> all() {
        return List.copyOf(libraries.values());
    }

    private static String name(byte[] library) {
        Matcher line = FIRST_LINE.matcher(new String(library, 0, Math.min(library.length, LONGEST_FIRST_LINE),
                StandardCharsets.ISO_8859_1));
        return line.lookingAt() ? line.group(1) : null;
    }

    /**
     * Does what a FUNCTION command of a journal or of a master does to the libraries, where there is no bundle with that command.
     * Whether it was allowed has been decided where it comes from.
     *
     * @throws IOException when it cannot be understood; nothing has changed then
     */
    void run(Arguments command) throws IOException {
        String name = command.size() < 2 ? "" : command.get(1).latin1().toUpperCase(Locale.ROOT);
        switch (name) {
            case "LOAD" -> load(command);
            case "DELETE" -> remove(command.get(command.size() - 1).latin1());
            case "FLUSH" -> clear();
            case "RESTORE" -> restore(command);
            default -> throw new IOException("FUNCTION " + name + " is not understood without the bundle for scripts");
        }
    }

    private void load(Arguments command) throws IOException {
        byte[] library = command.get(command.size() - 1).toByteArray();
        if (name(library) == null) {
            throw new IOException("FUNCTION LOAD of a library whose first line does not name it");
        }
        add(library);
    }

    private void restore(Arguments command) throws IOException {
        if (command.size() < 3 || !DumpPayload.isSound(command.get(2))) {
            throw new IOException("FUNCTION RESTORE of a damaged payload");
        }
        Bytes payload = command.get(2).copy();
        RdbInput input = new RdbInput(payload);
        List<byte[]> restored = new ArrayList<>();
        try {
            while (input.position() < payload.length() - FOOTER) {
                restored.add(FunctionLibrary.read(input.readByte(), input).code());
            }
        } catch (RdbException e) {
            throw new IOException("FUNCTION RESTORE: " + e.getMessage(), e);
        }
        if (command.size() > 3 && command.is(3, "FLUSH")) {
            clear();
        }
        restored.forEach(this::add);
    }
}
