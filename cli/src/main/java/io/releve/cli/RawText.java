package io.releve.cli;

import io.releve.cli.Reply.Several.Kind;
import java.io.ByteArrayOutputStream;

/** Replies for programs: values as they are, items on lines of their own. */
final class RawText {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] format(Reply reply) {
        write(reply);
        out.write('\n');
        return out.toByteArray();
    }

    private void write(Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            out.writeBytes(failure.text());
            out.write('\n');
        } else if (reply instanceof Reply.Status status) {
            out.writeBytes(status.text());
        } else if (reply instanceof Reply.Whole whole) {
            Format.add(out, Long.toString(whole.value()));
        } else if (reply instanceof Reply.Decimal decimal) {
            Format.add(out, decimal.text());
        } else if (reply instanceof Reply.Bulk bulk) {
            out.writeBytes(bulk.bytes());
        } else if (reply instanceof Reply.Verbatim verbatim) {
            out.writeBytes(verbatim.bytes());
        } else if (reply instanceof Reply.Truth truth) {
            Format.add(out, truth.value() ? "(true)" : "(false)");
        } else if (reply instanceof Reply.Several several) {
            for (int i = 0; i < several.items().size(); i++) {
                if (i > 0) {
                    out.write(several.kind() == Kind.MAP && i % 2 == 1 ? ' ' : '\n');
                }
                write(several.items().get(i));
            }
        }
    }
}
