package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyEvent;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.format.rdb.DumpPayload;
import io.releve.format.rdb.RdbException;
import io.releve.format.rdb.ValueReader;
import io.releve.keyspace.Value;

/** RESTORE and RESTORE-ASKING (redis.io/commands/restore). */
final class Restore extends KeyCommand {
    private static final CommandException BUSY_KEY = new CommandException("BUSYKEY Target key name already exists.");
    private static final CommandException BAD_TTL = new CommandException("ERR Invalid TTL value, must be >= 0");
    private static final CommandException BAD_IDLE_TIME =
            new CommandException("ERR Invalid IDLETIME value, must be >= 0");
    private static final CommandException BAD_FREQUENCY =
            new CommandException("ERR Invalid FREQ value, must be >= 0 and <= 255");
    private static final CommandException UNSOUND =
            new CommandException("ERR DUMP payload version or checksum are wrong");
    private static final CommandException BAD_FORMAT = new CommandException("ERR Bad data format");
    private static final int CLOCK_MASK = 0xffffff;

    private Restore(CommandSpec.Builder facts) {
        super(facts.categories("dangerous")
                .keys(KeySpec.at(1, Flag.OW, Flag.UPDATE))
                .complexity("O(N*M) where N is the number of elements and M their average size; O(N*M*log(N)) for"
                        + " sorted sets.")
                .syntax("key ttl:integer serialized-value [REPLACE] [ABSTTL] [IDLETIME seconds:integer]"
                        + " [FREQ frequency:integer]")
                .changed("3.0.0", "Added the option `REPLACE`.")
                .changed("5.0.0", "Added the options `ABSTTL`, `IDLETIME` and `FREQ`."));
    }

    static Restore restore() {
        return new Restore(facts("RESTORE", -4, CommandFlag.WRITE, CommandFlag.DENYOOM).since("2.6.0")
                .summary("Makes a key of the bytes that DUMP returned."));
    }

    static Restore asking() {
        return new Restore(facts("RESTORE-ASKING", -4, CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.ASKING)
                .group("server").since("3.0.0").summary("Moves a key into a cluster's node; internal."));
    }

    /**
     * What stands behind the payload.
     *
     * @param replace whether a key of this name is replaced
     * @param absolute whether the time is one since the epoch
     * @param idle seconds, or -1
     * @param frequency counter, or -1
     */
    private record Options(boolean replace, boolean absolute, long idle, int frequency) {
        static Options parse(Arguments arguments) {
            boolean replace = false;
            boolean absolute = false;
            long idle = -1;
            int frequency = -1;
            for (int i = 4; i < arguments.size(); i++) {
                boolean more = i + 1 < arguments.size();
                if (arguments.is(i, "REPLACE")) {
                    replace = true;
                } else if (arguments.is(i, "ABSTTL")) {
                    absolute = true;
                } else if (arguments.is(i, "IDLETIME") && more && frequency < 0) {
                    idle = arguments.integer(++i);
                    if (idle < 0) {
                        throw BAD_IDLE_TIME;
                    }
                } else if (arguments.is(i, "FREQ") && more && idle < 0) {
                    long counter = arguments.integer(++i);
                    if (counter < 0 || counter > 255) {
                        throw BAD_FREQUENCY;
                    }
                    frequency = (int) counter;
                } else {
                    throw CommandException.SYNTAX;
                }
            }
            return new Options(replace, absolute, idle, frequency);
        }

        /** What does not suit the {@code maxmemory-policy} does not count. */
        int access(Call call) {
            int now = call.engine().accessClock();
            if (call.engine().countsFrequencies()) {
                return frequency < 0 ? now : now & ~0xff | frequency;
            }
            return idle < 0 ? now : (int) (now - Math.min(idle, CLOCK_MASK)) & CLOCK_MASK;
        }
    }

    @Override
    public void run(Call call) {
        Arguments arguments = call.arguments();
        Options options = Options.parse(arguments);
        Bytes key = arguments.get(1);
        boolean there = call.write(key) != null;
        if (there && !options.replace()) {
            throw BUSY_KEY;
        }
        long time = arguments.integer(2);
        if (time < 0) {
            throw BAD_TTL;
        }
        Bytes payload = arguments.get(3);
        if (!DumpPayload.isSound(payload)) {
            throw UNSOUND;
        }
        ValueReader value = read(call, payload);
        long expireAt = time == 0 ? Value.NEVER : options.absolute() ? time : time + call.now();
        if (time > 0 && call.isPast(expireAt)) {
            // beyond 64 bits it is in the past, as in Redis
            replaceByNothing(call, key, there);
        } else {
            value.put(key, expireAt, options.access(call));
            call.event(key, KeyEvent.NEW, "new");
            call.changed(key, KeyEvent.GENERIC, "restore");
            if (time > 0 && !options.absolute()) {
                effect(call, expireAt);
            }
        }
        call.reply().ok();
    }

    private static ValueReader read(Call call, Bytes payload) {
        try {
            return DumpPayload.read(payload, call.database());
        } catch (RdbException e) {
            throw BAD_FORMAT;
        }
    }

    /** The time has passed already. */
    private static void replaceByNothing(Call call, Bytes key, boolean there) {
        if (there) {
            call.database().remove(key);
            call.effect("DEL", key);
            call.changed(key, KeyEvent.GENERIC, "del");
        }
    }

    /** The request with the time at which the key expires. */
    private static void effect(Call call, long expireAt) {
        Arguments arguments = call.arguments();
        Object[] words = new Object[arguments.size() + 1];
        for (int i = 0; i < arguments.size(); i++) {
            words[i] = i == 2 ? (Object) expireAt : arguments.get(i);
        }
        words[arguments.size()] = "ABSTTL";
        call.effect(words);
    }
}
