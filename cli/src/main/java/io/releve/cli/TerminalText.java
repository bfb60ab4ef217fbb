package io.releve.cli;

import io.releve.cli.Reply.Several.Kind;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Replies for people: every item on a line of its own, numbered, indented by what it is in. */
final class TerminalText {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] format(Reply reply) {
        write(reply, "");
        out.write('\n');
        return out.toByteArray();
    }

    /** Without the line feed at the end. */
    private void write(Reply reply, String prefix) {
        if (reply instanceof Reply.Failure failure) {
            Format.add(out, "(error) ");
            out.writeBytes(failure.text());
        } else if (reply instanceof Reply.Status status) {
            out.writeBytes(status.text());
        } else if (reply instanceof Reply.Whole whole) {
            Format.add(out, "(integer) " + whole.value());
        } else if (reply instanceof Reply.Decimal decimal) {
            Format.add(out, (decimal.isBig() ? "(big number) " : "(double) ") + decimal.text());
        } else if (reply instanceof Reply.Bulk bulk) {
            Format.quote(bulk.bytes(), out);
        } else if (reply instanceof Reply.Verbatim verbatim) {
            out.writeBytes(verbatim.bytes());
        } else if (reply instanceof Reply.Nil) {
            Format.add(out, "(nil)");
        } else if (reply instanceof Reply.Truth truth) {
            Format.add(out, truth.value() ? "(true)" : "(false)");
        } else if (reply instanceof Reply.Several several) {
            writeItems(several.kind(), several.items(), prefix);
        }
    }

    private void writeItems(Kind kind, List<Reply> items, String prefix) {
        if (items.isEmpty()) {
            Format.add(out, switch (kind) {
                case ARRAY -> "(empty array)";
                case SET -> "(empty set)";
                case MAP -> "(empty hash)";
                case PUSH -> "(empty push)";
            });
            return;
        }
        int step = kind == Kind.MAP ? 2 : 1;
        int width = Integer.toString(items.size() / step).length();
        char separator = kind == Kind.MAP ? '#' : kind == Kind.SET ? '~' : ')';
        String inner = prefix + " ".repeat(width + 2);
        for (int i = 0; i < items.size(); i += step) {
            if (i > 0) {
                Format.add(out, "\n" + prefix);
            }
            Format.add(out, String.format("%" + width + "d%c ", i / step + 1, separator));
            write(items.get(i), inner);
            if (kind == Kind.MAP) {
                Format.add(out, " => ");
                if (takesLines(items.get(i + 1))) {
                    Format.add(out, "\n" + inner);
                }
                write(items.get(i + 1), inner);
            }
        }
    }

    /** Whether a reply takes more than one line: then it begins below its key. */
    private static boolean takesLines(Reply reply) {
        if (!(reply instanceof Reply.Several several)) {
            return false;
        }
        int entries = several.kind() == Kind.MAP ? several.items().size() / 2 : several.items().size();
        return entries > 1 || several.items().stream().anyMatch(TerminalText::takesLines);
    }
}
