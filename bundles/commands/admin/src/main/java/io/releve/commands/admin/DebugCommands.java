package io.releve.commands.admin;

import static io.releve.command.CommandFlag.ADMIN;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.STALE;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Reply;
import io.releve.keyspace.Database;
import io.releve.keyspace.StringValue;
import io.releve.keyspace.Value;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DEBUG, for tests of clients and of this server; refused unless {@code enable-debug-command} allows it. Like Redis it
 * is one command that reads its subcommand itself, so that COMMAND does not list them.
 */
final class DebugCommands {
    private static final Logger LOG = LoggerFactory.getLogger(DebugCommands.class);
    private static final List<String> HELP = List.of(
            "DEBUG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:",
            "DIGEST", "    Answer a hash of all the data.",
            "DIGEST-VALUE <key> [<key> ...]", "    Answer hashes of the keys' values.",
            "ERROR <string>", "    Answer an error with this text.",
            "LOADAOF", "    Force the append-only file to the disk and load it again.",
            "LOG <message>", "    Write <message> to the server's log.",
            "OBJECT <key>", "    Tell how the value is represented.",
            "POPULATE <count> [<prefix>] [<size>]", "    Create <count> string keys named <prefix>:<number>.",
            "PROTOCOL <type>", "    Answer with a sample of the protocol type.",
            "RELOAD [option ...]", "    Write a snapshot and load it again. Options:",
            "    * MERGE: keys that are there are replaced by those of the snapshot.",
            "    * NOFLUSH: what is there is not removed before.",
            "    * NOSAVE: load the snapshot that is there.",
            "SET-ACTIVE-EXPIRE <0|1>", "    Switch the removal of expired keys in the background.",
            "SLEEP <seconds>", "    Stop everything for <seconds>, decimals allowed.",
            "STRINGMATCH-LEN <len> <pattern>", "    Match <pattern> against <len> letters a.",
            "HELP", "    Print this help.");

    Command container() {
        CommandSpec spec = AdminCommands.spec("DEBUG", -2, "1.0.0").flags(ADMIN, NOSCRIPT, LOADING, STALE)
                .complexity("Depends on subcommand.").summary("Commands for debugging.").build();
        return Command.of(spec, DebugCommands::run);
    }

    private static void run(Call call) {
        if (!allowed(call)) {
            throw new CommandException("ERR DEBUG command not allowed. If the enable-debug-command option is set to "
                    + "\"local\", you can run it from a local connection, otherwise you need to set this option in the"
                    + " configuration file, and then restart the server.");
        }
        Arguments request = call.arguments();
        Reply reply = call.reply();
        int size = request.size();
        if (request.is(1, "HELP") && size == 2) {
            reply.array(HELP.size() + DebugSwitches.HELP.size());
            HELP.forEach(reply::simple);
            DebugSwitches.HELP.forEach(reply::simple);
        } else if (request.is(1, "SLEEP") && size == 3) {
            sleep(request.decimal(2));
            reply.ok();
        } else if (request.is(1, "OBJECT") && size >= 3) {
            object(call);
        } else if (request.is(1, "RELOAD")) {
            DebugReload.reload(call);
        } else if (request.is(1, "LOADAOF") && size == 2) {
            DebugReload.loadJournal(call);
        } else if (request.is(1, "SET-ACTIVE-EXPIRE") && size == 3) {
            call.engine().activeExpiry(request.integer(2) != 0);
            reply.ok();
        } else if (request.is(1, "POPULATE") && size >= 3 && size <= 5) {
            populate(call);
        } else if (request.is(1, "DIGEST") && size == 2) {
            reply.simple(Digest.ofEverything(call.engine()));
        } else if (request.is(1, "DIGEST-VALUE") && size >= 2) {
            reply.array(size - 2);
            for (int i = 2; i < size; i++) {
                reply.simple(Digest.ofValue(call.peek(request.get(i))));
            }
        } else if (request.is(1, "PROTOCOL") && size == 3) {
            ProtocolSamples.write(request.get(2), reply);
        } else if (request.is(1, "ERROR") && size == 3) {
            reply.error(request.get(2).text());
        } else if (request.is(1, "LOG") && size == 3) {
            LOG.warn("DEBUG LOG: {}", request.get(2).text());
            reply.ok();
        } else if (request.is(1, "STRINGMATCH-LEN") && size == 4) {
            byte[] text = new byte[(int) Math.min(Integer.MAX_VALUE - 16, request.integer(2))];
            Arrays.fill(text, (byte) 'a');
            new Glob(request.get(3)).matches(new Bytes(text));
            reply.ok();
        } else if (!DebugSwitches.run(call)) {
            throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                    + request.get(1).text() + "'. Try DEBUG HELP.");
        }
    }

    private static boolean allowed(Call call) {
        String allowed = call.engine().settings().find("enable-debug-command").get("enable-debug-command");
        return "yes".equals(allowed) || "local".equals(allowed) && call.session().connection().isLocal();
    }

    private static void sleep(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void object(Call call) {
        Value value = call.peek(call.arguments().get(2));
        if (value == null) {
            throw CommandException.NO_SUCH_KEY;
        }
        int access = value.access();
        StringBuilder text = new StringBuilder("Value at:0x").append(Integer.toHexString(System.identityHashCode(value)))
                .append(" refcount:1 encoding:").append(value.encoding())
                .append(" serializedlength:").append(serializedLength(value));
        if (call.engine().countsFrequencies()) {
            text.append(" lru:").append(access).append(" lru_seconds_idle:0");
        } else {
            text.append(" lru:").append(access).append(" lru_seconds_idle:").append(call.engine().idleSeconds(access));
        }
        call.reply().simple(text.toString());
    }

    /** Bytes of the value in an RDB file, uncompressed (the type is not counted). */
    private static long serializedLength(Value value) {
        if (!(value instanceof StringValue string)) {
            return value.memory();
        }
        if (string.isInteger()) {
            long number = string.integer();
            if (number >= Byte.MIN_VALUE && number <= Byte.MAX_VALUE) {
                return 2;
            }
            if (number >= Short.MIN_VALUE && number <= Short.MAX_VALUE) {
                return 3;
            }
            if (number >= Integer.MIN_VALUE && number <= Integer.MAX_VALUE) {
                return 5;
            }
        }
        int length = string.length();
        return length + (length < 64 ? 1 : length < 16_384 ? 2 : 5);
    }

    private static void populate(Call call) {
        Arguments request = call.arguments();
        long count = request.integer(2);
        if (count < 0) {
            throw new CommandException("ERR value is out of range, must be positive");
        }
        String prefix = request.size() > 3 ? request.get(3).latin1() : "key";
        int size = request.size() > 4 ? (int) Math.min(StringValue.MAX_LENGTH, Math.max(0, request.integer(4))) : 0;
        Database database = call.database();
        Bytes key = new Bytes();
        Bytes content = new Bytes();
        int access = call.engine().accessClock();
        for (long i = 0; i < count; i++) {
            byte[] name = (prefix + ":" + i).getBytes(StandardCharsets.ISO_8859_1);
            key.set(name, 0, name.length);
            if (database.find(key) == null) {
                byte[] text = ("value:" + i).getBytes(StandardCharsets.ISO_8859_1);
                byte[] value = size > 0 ? Arrays.copyOf(text, size) : text;
                database.putString(key, content.set(value, 0, value.length), Value.NEVER, access);
            }
        }
        call.reply().ok();
    }
}
