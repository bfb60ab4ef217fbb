package io.releve.cli;

import java.io.ByteArrayOutputStream;

/** Replies as one line of comma-separated values, whatever they are nested in. */
final class CsvText {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] format(Reply reply) {
        write(reply);
        out.write('\n');
        return out.toByteArray();
    }

    private void write(Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            Format.add(out, "ERROR,");
            Format.quote(failure.text(), out);
        } else if (reply instanceof Reply.Status status) {
            Format.quote(status.text(), out);
        } else if (reply instanceof Reply.Whole whole) {
            Format.add(out, Long.toString(whole.value()));
        } else if (reply instanceof Reply.Decimal decimal) {
            Format.add(out, decimal.text());
        } else if (reply instanceof Reply.Bulk bulk) {
            Format.quote(bulk.bytes(), out);
        } else if (reply instanceof Reply.Verbatim verbatim) {
            Format.quote(verbatim.bytes(), out);
        } else if (reply instanceof Reply.Nil) {
            Format.add(out, "NULL");
        } else if (reply instanceof Reply.Truth truth) {
            Format.add(out, Boolean.toString(truth.value()));
        } else if (reply instanceof Reply.Several several) {
            for (int i = 0; i < several.items().size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                write(several.items().get(i));
            }
        }
    }
}
