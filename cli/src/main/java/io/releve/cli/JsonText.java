package io.releve.cli;

import io.releve.cli.Reply.Several.Kind;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Replies as one line of JSON. Bytes of a string that are not UTF-8 go through as they are. */
final class JsonText {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] format(Reply reply) {
        write(reply);
        out.write('\n');
        return out.toByteArray();
    }

    private void write(Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            Format.add(out, "error:");
            string(failure.text());
        } else if (reply instanceof Reply.Status status) {
            string(status.text());
        } else if (reply instanceof Reply.Whole whole) {
            Format.add(out, Long.toString(whole.value()));
        } else if (reply instanceof Reply.Decimal decimal) {
            Format.add(out, decimal.text());
        } else if (reply instanceof Reply.Bulk bulk) {
            string(bulk.bytes());
        } else if (reply instanceof Reply.Verbatim verbatim) {
            string(verbatim.bytes());
        } else if (reply instanceof Reply.Nil) {
            Format.add(out, "null");
        } else if (reply instanceof Reply.Truth truth) {
            Format.add(out, Boolean.toString(truth.value()));
        } else if (reply instanceof Reply.Several several) {
            items(several.kind() == Kind.MAP, several.items());
        }
    }

    private void items(boolean isMap, List<Reply> items) {
        out.write(isMap ? '{' : '[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.write(isMap && i % 2 == 1 ? ':' : ',');
            }
            if (isMap && i % 2 == 0 && Reply.text(items.get(i)) == null) {
                // the key of an object must be a string
                ByteArrayOutputStream key = new ByteArrayOutputStream();
                byte[] written = new JsonText().format(items.get(i));
                key.write(written, 0, written.length - 1);
                string(key.toByteArray());
            } else {
                write(items.get(i));
            }
        }
        out.write(isMap ? '}' : ']');
    }

    private void string(byte[] bytes) {
        out.write('"');
        for (byte b : bytes) {
            switch (b) {
                case '\\', '"' -> {
                    out.write('\\');
                    out.write(b);
                }
                case '\n' -> Format.add(out, "\\n");
                case '\f' -> Format.add(out, "\\f");
                case '\r' -> Format.add(out, "\\r");
                case '\t' -> Format.add(out, "\\t");
                case '\b' -> Format.add(out, "\\b");
                default -> {
                    if (b >= 0 && b < ' ') {
                        Format.add(out, String.format("\\u%04x", (int) b));
                    } else {
                        out.write(b);
                    }
                }
            }
        }
        out.write('"');
    }
}
