package io.releve.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How replies are written: each ends with a line feed. Bytes, since values need not be text. */
enum Format {
    /** For people at a terminal: types shown, strings quoted. */
    TERMINAL {
        @Override
        byte[] format(Reply reply) {
            return new TerminalText().format(reply);
        }
    },
    /** For programs: the bytes alone. */
    RAW {
        @Override
        byte[] format(Reply reply) {
            return new RawText().format(reply);
        }
    },
    CSV {
        @Override
        byte[] format(Reply reply) {
            return new CsvText().format(reply);
        }
    },
    JSON {
        @Override
        byte[] format(Reply reply) {
            return new JsonText().format(reply);
        }
    };

    abstract byte[] format(Reply reply);

    /** A string in double quotes, bytes that are not printable ASCII escaped. */
    static void quote(byte[] bytes, ByteArrayOutputStream out) {
        out.write('"');
        for (byte b : bytes) {
            switch (b) {
                case '\\', '"' -> {
                    out.write('\\');
                    out.write(b);
                }
                case '\n' -> add(out, "\\n");
                case '\r' -> add(out, "\\r");
                case '\t' -> add(out, "\\t");
                case 7 -> add(out, "\\a");
                case '\b' -> add(out, "\\b");
                default -> {
                    if (b >= ' ' && b < 127) {
                        out.write(b);
                    } else {
                        add(out, String.format("\\x%02x", b & 0xff));
                    }
                }
            }
        }
        out.write('"');
    }

    static void add(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
