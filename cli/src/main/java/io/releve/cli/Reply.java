package io.releve.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A reply of the server, RESP2 or RESP3. */
public sealed interface Reply {
    /** {@code +OK}. */
    record Status(byte[] text) implements Reply {
    }

    /** {@code -ERR ...} and the long form of RESP3. */
    record Failure(byte[] text) implements Reply {
        public String message() {
            return new String(text, StandardCharsets.UTF_8);
        }
    }

    record Whole(long value) implements Reply {
    }

    record Bulk(byte[] bytes) implements Reply {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Text with a type of three letters, which is not kept. */
    record Verbatim(byte[] bytes) implements Reply {
    }

    record Nil() implements Reply {
    }

    record Truth(boolean value) implements Reply {
    }

    /** A double or big number, as the server wrote it. */
    record Decimal(String text, boolean isBig) implements Reply {
    }

    /** A reply of several; a map has its keys and values in turn. */
    record Several(Kind kind, List<Reply> items) implements Reply {
        enum Kind {
            ARRAY, SET, MAP, PUSH
        }
    }

    /** The text of a status or bulk reply, null of any other. */
    static String text(Reply reply) {
        if (reply instanceof Bulk bulk) {
            return bulk.text();
        }
        return reply instanceof Status status ? new String(status.text(), StandardCharsets.UTF_8) : null;
    }
}
