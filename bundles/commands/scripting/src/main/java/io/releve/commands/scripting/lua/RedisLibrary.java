package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import io.releve.engine.Engine;
import io.releve.engine.Script;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What scripts find in {@code redis} (redis.io, "Redis Lua API reference"). */
final class RedisLibrary {
    private static final Logger LOG = LoggerFactory.getLogger("io.releve.script");
    private static final String NO_ARGUMENT = "ERR Please specify at least one argument for this redis lib call";
    private static final String WRONG_TYPE = "ERR Lua redis lib command arguments must be strings or integers";
    private static final int REPL_ALL = 3;

    private final LuaArguments arguments = new LuaArguments();
    private final long memoryLimit;
    private LuaReply reply;
    private LuaState lua;
    private Script script;
    private int protocol;

    RedisLibrary(long memoryLimit) {
        this.memoryLimit = memoryLimit;
    }

    /** Attaches it to the state whose scripts use it. */
    void attach(LuaState state) {
        lua = state;
        reply = new LuaReply(state.stack(), state.mailbox());
    }

    /** What runs now, or null while a library is loaded. */
    void script(Script running) {
        script = running;
        protocol = 2;
    }

    /** What the script has chosen, 2 or 3. */
    int protocol() {
        return protocol;
    }

    Script script() {
        return script;
    }

    Map<String, Object> forScripts() {
        Map<String, Object> all = forFunctions();
        all.put("replicate_commands", (LuaFunction) s -> bool(s, true));
        all.put("breakpoint", (LuaFunction) s -> bool(s, false));
        all.put("debug", (LuaFunction) s -> 0);
        return all;
    }

    Map<String, Object> forFunctions() {
        Map<String, Object> all = forLibraries();
        all.put("REPL_NONE", 0);
        all.put("REPL_AOF", 1);
        all.put("REPL_SLAVE", 2);
        all.put("REPL_REPLICA", 2);
        all.put("REPL_ALL", REPL_ALL);
        all.put("call", (LuaFunction) this::call);
        all.put("pcall", (LuaFunction) this::pcall);
        all.put("sha1hex", (LuaFunction) this::sha1);
        all.put("error_reply", (LuaFunction) s -> reply(s, "err"));
        all.put("status_reply", (LuaFunction) s -> reply(s, "ok"));
        all.put("setresp", (LuaFunction) this::setResp);
        all.put("set_repl", (LuaFunction) this::setReplication);
        all.put("acl_check_cmd", (LuaFunction) this::permits);
        return all;
    }

    /** What libraries find while they are loaded; the function that registers is added to it. */
    Map<String, Object> forLibraries() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("log", (LuaFunction) this::log);
        all.put("LOG_DEBUG", 0);
        all.put("LOG_VERBOSE", 1);
        all.put("LOG_NOTICE", 2);
        all.put("LOG_WARNING", 3);
        all.put("REDIS_VERSION", Engine.REDIS_VERSION);
        int number = 0;
        for (String part : Engine.REDIS_VERSION.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        all.put("REDIS_VERSION_NUM", number);
        return all;
    }

    private static int bool(long s, boolean value) {
        LUA.lua_pushboolean(s, value ? 1 : 0);
        return 1;
    }

    private int call(long s) {
        String error = run(s, 1, false);
        if (error != null) {
            throw LuaError.counted(error);
        }
        return 1;
    }

    private int pcall(long s) {
        String error = run(s, 1, false);
        if (error != null) {
            LUA.lua_settop(s, 0);
            lua.pushError(s, error.getBytes(StandardCharsets.UTF_8), true);
        }
        return 1;
    }

    /**
     * Answers a call that the coroutine of scripts has yielded: puts on its stack what the sandbox makes the result of.
     *
     * @param raising whether an error is to be raised
     * @return how many values it is resumed with
     */
    int answer(long s, boolean raising) {
        String error;
        try {
            error = run(s, 2, true);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            LOG.error("A call of a script failed", e);
            error = "ERR internal error, see the server's log";
        }
        int how = error == null ? reply.how() : raising ? LuaReply.ERROR : LuaReply.PLAIN;
        if (error != null) {
            LuaMemory.clear(s);
            lua.pushError(s, error.getBytes(raising ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8), true);
        }
        if (how == LuaReply.PLAIN) {
            return 1;
        }
        LuaMemory.pushNumber(s, how);
        return 2;
    }

    /** Runs a command; its answer is on the stack unless it is an error. */
    private String run(long s, int first, boolean yielded) {
        if (LuaMemory.size(s) < first) {
            return NO_ARGUMENT;
        }
        if (!arguments.take(s, first)) {
            return WRONG_TYPE;
        }
        if (yielded) {
            LuaMemory.clear(s);
        }
        LuaReply answer = reply;
        answer.begin(s, protocol, memoryLimit, yielded);
        String refusal = script.run(arguments, answer);
        return refusal != null ? refusal : answer.failure();
    }

    private int sha1(long s) {
        if (LUA.lua_gettop(s) != 1) {
            throw LuaError.reply("ERR wrong number of arguments");
        }
        int type = LUA.lua_type(s, 1);
        byte[] text = type == Natives.STRING || type == Natives.NUMBER ? LuaFunction.string(s, 1, "sha1hex") : new byte[0];
        lua.stack().push(s, sha1(text));
        return 1;
    }

    static String sha1(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private int reply(long s, String field) {
        byte[] text;
        if (LUA.lua_gettop(s) != 1 || LUA.lua_type(s, 1) != Natives.STRING) {
            field = "err";
            text = "ERR wrong number or type of arguments".getBytes(StandardCharsets.ISO_8859_1);
        } else {
            text = LuaStack.bytes(s, 1);
            if (field.equals("err")) {
                text = withCode(text);
            }
        }
        LUA.lua_createtable(s, 0, 1);
        lua.stack().push(s, text);
        LUA.lua_setfield(s, -2, field);
        return 1;
    }

    /** A text without a code gets one; a minus before it is taken away. */
    private static byte[] withCode(byte[] text) {
        String error = new String(text, StandardCharsets.ISO_8859_1);
        String bare = error.startsWith("-") ? error.substring(1) : error;
        String complete = bare.indexOf(' ') < 0 ? "ERR " + bare : bare;
        return complete.getBytes(StandardCharsets.ISO_8859_1);
    }

    private int setResp(long s) {
        if (LUA.lua_gettop(s) != 1) {
            throw LuaError.reply("ERR redis.setresp() requires one argument.");
        }
        double version = LUA.lua_tonumber(s, 1);
        if (version != 2 && version != 3) {
            throw LuaError.reply("ERR RESP version must be 2 or 3.");
        }
        protocol = (int) version;
        script.protocol(protocol);
        return 0;
    }

    /** There is one log: who wants copies only on disk, or only on replicas, gets both. */
    private int setReplication(long s) {
        if (LUA.lua_gettop(s) != 1) {
            throw LuaError.reply("ERR redis.set_repl() requires two arguments.");
        }
        int flags = (int) LUA.lua_tonumber(s, 1);
        if ((flags & ~REPL_ALL) != 0) {
            throw LuaError.reply(
                    "ERR Invalid replication flags. Use REPL_AOF, REPL_REPLICA, REPL_ALL or REPL_NONE.");
        }
        script.replicate(flags != 0);
        return 0;
    }

    private int permits(long s) {
        if (LUA.lua_gettop(s) == 0) {
            throw LuaError.reply(NO_ARGUMENT);
        }
        if (!arguments.take(s, 1)) {
            throw LuaError.reply("ERR redis.acl_check_cmd() require all arguments to be strings or integers");
        }
        Boolean permitted = script.permits(arguments);
        if (permitted == null) {
            throw LuaError.reply("ERR Invalid command passed to redis.acl_check_cmd()");
        }
        return bool(s, permitted);
    }

    private int log(long s) {
        int count = LUA.lua_gettop(s);
        if (count < 2) {
            throw LuaError.reply("ERR redis.log() requires two arguments or more.");
        }
        if (LUA.lua_isnumber(s, 1) == 0) {
            throw LuaError.reply("ERR First argument must be a number (log level).");
        }
        int level = (int) LUA.lua_tonumber(s, 1);
        if (level < 0 || level > 3) {
            throw LuaError.reply("ERR Invalid debug level.");
        }
        StringBuilder line = new StringBuilder();
        for (int i = 2; i <= count; i++) {
            int type = LUA.lua_type(s, i);
            if (type == Natives.STRING || type == Natives.NUMBER) {
                line.append(i > 2 ? " " : "").append(new String(LuaFunction.string(s, i, "log"), StandardCharsets.UTF_8));
            }
        }
        String text = line.toString().replace('\n', ' ').replace('\r', ' ');
        switch (level) {
            case 0 -> LOG.trace(text);
            case 1 -> LOG.debug(text);
            case 2 -> LOG.info(text);
            default -> LOG.warn(text);
        }
        return 0;
    }
}
