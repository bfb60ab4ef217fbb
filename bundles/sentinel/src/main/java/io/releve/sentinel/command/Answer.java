package io.releve.sentinel.command;

import io.releve.command.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/**
 * A reply on its way from the sentinel's thread to the client's, as bytes: texts, numbers, null, collections and maps of these,
 * and the two words below. What it becomes depends on the client's protocol.
 */
final class Answer {
    /** A simple string. */
    record Simple(String text) {
    }

    static final Simple OK = new Simple("OK");
    /** Null where an array was due. */
    static final Object NO_ARRAY = new Object();

    private Answer() {
    }

    static byte[] bytes(Object answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            put(new DataOutputStream(bytes), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, Object answer) throws IOException {
        if (answer == null) {
            out.writeByte('0');
        } else if (answer == NO_ARRAY) {
            out.writeByte('n');
        } else if (answer instanceof Simple simple) {
            out.writeByte('+');
            text(out, simple.text);
        } else if (answer instanceof Number number) {
            out.writeByte(':');
            out.writeLong(number.longValue());
        } else if (answer instanceof Map<?, ?> map) {
            out.writeByte('%');
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                put(out, entry.getKey());
                put(out, entry.getValue());
            }
        } else if (answer instanceof Collection<?> elements) {
            out.writeByte('*');
            out.writeInt(elements.size());
            for (Object element : elements) {
                put(out, element);
            }
        } else {
            out.writeByte('$');
            text(out, answer.toString());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static void write(byte[] answer, Reply reply) {
        try {
            take(new DataInputStream(new ByteArrayInputStream(answer)), reply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void take(DataInputStream in, Reply reply) throws IOException {
        int kind = in.readByte();
        switch (kind) {
            case '0' -> reply.nil();
            case 'n' -> reply.nilArray();
            case ':' -> reply.integer(in.readLong());
            case '+' -> reply.simple(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
            case '$' -> reply.bulk(in.readNBytes(in.readInt()));
            default -> {
                int size = in.readInt();
                if (kind == '%') {
                    reply.map(size);
                    size *= 2;
                } else {
                    reply.array(size);
                }
                for (int i = 0; i < size; i++) {
                    take(in, reply);
                }
            }
        }
    }
}
