package io.releve.commands.strings;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.KeyEvent;
import io.releve.command.KeyPositions.Found;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.util.List;

/** SET (redis.io/commands/set). */
final class Set extends StringCommand {
    private static final int NX = 1;
    private static final int XX = 2;
    private static final int GET = 4;
    private static final int KEEPTTL = 8;
    /** The position of the expiry time stands in the bits from here on. */
    private static final int TIME_SHIFT = 4;
    private static final List<Found> READ_TOO = List.of(new Found(1, KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE)));
    private static final List<Found> WRITTEN = List.of(new Found(1, KeySpec.at(1, Flag.OW, Flag.UPDATE)));

    Set() {
        super(facts("SET", -3, CommandFlag.WRITE, CommandFlag.DENYOOM)
                .keys(KeySpec.at(1, Flag.RW, Flag.ACCESS, Flag.UPDATE, Flag.VARIABLE_FLAGS)
                        .withNotes("RW and ACCESS due to the optional `GET` argument"))
                .keyFinder(Set::keys)
                .summary("Sets a key to a string, whatever it held, on conditions and with an expiry time if wished.")
                .syntax("key value [NX | XX] [GET] [EX seconds:integer | PX milliseconds:integer"
                        + " | EXAT unix-time-seconds:unix-time | PXAT unix-time-milliseconds:unix-time | KEEPTTL]")
                .changed("2.6.12", "Added the options `EX`, `PX`, `NX` and `XX`.")
                .changed("6.0.0", "Added the option `KEEPTTL`.")
                .changed("6.2.0", "Added the options `GET`, `EXAT` and `PXAT`.")
                .changed("7.0.0", "`NX` and `GET` may be used together."));
    }

    /** Only with GET the old value is read. */
    private static List<Found> keys(Arguments request) {
        for (int i = 3; i < request.size(); i++) {
            if (request.is(i, "GET")) {
                return READ_TOO;
            }
        }
        return WRITTEN;
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Bytes key = arguments.get(1);
        Bytes content = arguments.get(2);
        if (arguments.size() == 3) {
            store(call, key, content, Value.NEVER);
            call.reply().ok();
            return;
        }
        int options = options(call);
        int time = options >>> TIME_SHIFT;
        long expireAt = time == 0 ? Value.NEVER : Expiration.of(call, time - 1).read(call, time, "set");
        boolean get = (options & GET) != 0;
        if (get) {
            Get.reply(call, call.readString(key));
        }
        Value old = call.write(key);
        if ((options & NX) != 0 && old != null || (options & XX) != 0 && old == null) {
            if (!get) {
                call.reply().nil();
            }
            return;
        }
        if ((options & KEEPTTL) != 0 && old != null) {
            expireAt = old.expireAt();
        }
        if (old instanceof StringValue string && old.expireAt() == expireAt) {
            string.assign(content);
        } else {
            replace(call, key, content, expireAt, old == null);
        }
        call.changed(key, KeyEvent.STRING, "set");
        if (time != 0) {
            call.event(key, KeyEvent.GENERIC, "expire");
            call.effect("SET", key, content, "PXAT", expireAt);
        } else if (get) {
            effectWithoutGet(call, options, key, content);
        }
        if (!get) {
            call.reply().ok();
        }
    }

    /** GET is left out: nobody reads the reply. */
    private static void effectWithoutGet(Call call, int options, Bytes key, Bytes content) {
        if ((options & KEEPTTL) != 0) {
            call.effect("SET", key, content, "KEEPTTL");
        } else {
            call.effect("SET", key, content);
        }
    }

    /** The options as bits. */
    private static int options(Call call) {
        Arguments arguments = call.arguments();
        int options = 0;
        for (int i = 3; i < arguments.size(); i++) {
            boolean timed = options >>> TIME_SHIFT != 0;
            if (arguments.is(i, "NX") && (options & XX) == 0) {
                options |= NX;
            } else if (arguments.is(i, "XX") && (options & NX) == 0) {
                options |= XX;
            } else if (arguments.is(i, "GET")) {
                options |= GET;
            } else if (arguments.is(i, "KEEPTTL") && !timed) {
                options |= KEEPTTL;
            } else if (Expiration.of(call, i) != null && i + 1 < arguments.size()
                    && (options & KEEPTTL) == 0 && (!timed || sameUnit(call, options, i))) {
                i++;
                options = options & (1 << TIME_SHIFT) - 1 | i << TIME_SHIFT;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return options;
    }

    /** The same unit may be given again; the last one counts. */
    private static boolean sameUnit(Call call, int options, int i) {
        return Expiration.of(call, (options >>> TIME_SHIFT) - 1) == Expiration.of(call, i);
    }
}
