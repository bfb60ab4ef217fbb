package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import io.releve.bytes.ByteSource;
import io.releve.bytes.Numbers;
import io.releve.command.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The answer of a command as a value of Lua, put on the stack while the command writes it (redis.io, "Redis Lua API
 * reference", data type conversion).
 */
final class LuaReply implements Reply {
    private enum Kind {
        ARRAY, MAP, SET, IGNORED
    }

    /** What is on the stack is the answer. */
    static final int PLAIN = 0;
    /** It is the length of a string in the mailbox. */
    static final int TEXT = 1;
    /** It is to be raised. */
    static final int ERROR = 2;
    /** It is the length of a status in the mailbox. */
    static final int STATUS = 3;

    private final LuaStack stack;
    private final Mailbox mailbox;
    private final byte[] scratch = new byte[Mailbox.SIZE];
    /** Whether whoever gets the answer looks into the mailbox. */
    private boolean mailed;
    private int how;
    private long state;
    private int base;
    private boolean resp3;
    private int depth;
    private Kind[] kinds = new Kind[8];
    /** Elements to come; negative when that is not known. */
    private long[] missing = new long[8];
    private long[] count = new long[8];
    /** How much may still be put on the stack, in bytes. */
    private long room;
    private boolean tooLarge;
    private long written;
    private long errors;
    private String lastError;
    /** The error that is the whole answer, or null. */
    private String failure;

    LuaReply(LuaStack stack, Mailbox mailbox) {
        this.stack = stack;
        this.mailbox = mailbox;
    }

    void begin(long newState, int protocol, long newRoom, boolean mail) {
        state = newState;
        mailed = mail;
        base = LuaMemory.size(newState);
        resp3 = protocol >= 3;
        room = newRoom;
        reset();
    }

    private void reset() {
        depth = 0;
        failure = null;
        tooLarge = false;
        how = PLAIN;
    }

    /** What the value on the stack is. */
    int how() {
        return how;
    }

    /** Puts the whole answer into the mailbox if that may be. */
    private boolean mail(byte[] array, int offset, int length, int kind) {
        if (!mailed || depth > 0 || length > Mailbox.SIZE) {
            return false;
        }
        mailbox.clear();
        mailbox.put(array, offset, length);
        LuaMemory.pushNumber(state, length);
        how = kind;
        return true;
    }

    /** The error that is the whole answer, or null; then nothing is on the stack. */
    String failure() {
        if (tooLarge) {
            LUA.lua_settop(state, base);
            return "ERR not enough memory for the reply";
        }
        return failure;
    }

    private boolean refuses(long bytes) {
        written++;
        room -= bytes + 16;
        tooLarge |= room < 0;
        return tooLarge;
    }

    private void open(Kind kind, long size) {
        if (depth == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * depth);
            missing = Arrays.copyOf(missing, 2 * depth);
            count = Arrays.copyOf(count, 2 * depth);
        }
        if (LUA.lua_checkstack(state, 8) == 0) {
            tooLarge = true;
            return;
        }
        if (kind == Kind.MAP || kind == Kind.SET) {
            LUA.lua_createtable(state, 0, 1);
        }
        if (kind != Kind.IGNORED) {
            LUA.lua_createtable(state, kind == Kind.ARRAY && size > 0 ? (int) Math.min(size, 1 << 20) : 0, 0);
        }
        kinds[depth] = kind;
        missing[depth] = size;
        count[depth++] = 0;
        if (size == 0) {
            close();
        }
    }

    private void close() {
        Kind kind = kinds[--depth];
        if (kind == Kind.IGNORED) {
            return;
        }
        if (kind != Kind.ARRAY) {
            LUA.lua_setfield(state, -2, kind == Kind.MAP ? "map" : "set");
        }
        added();
    }

    /** A value is on top of the stack: it takes its place in what is open. */
    private void added() {
        while (depth > 0) {
            int top = depth - 1;
            long n = ++count[top];
            switch (kinds[top]) {
                case ARRAY -> LUA.lua_rawseti(state, -2, (int) n);
                case MAP -> {
                    if (n % 2 == 0) {
                        set();
                    }
                }
                case SET -> {
                    LuaMemory.pushBoolean(state, true);
                    set();
                }
                default -> LUA.lua_settop(state, -2);
            }
            if (missing[top] < 0 || n < missing[top]) {
                return;
            }
            close();
            return;
        }
    }

    /** A nil can be no key, and then there is no entry. */
    private void set() {
        if (LUA.lua_type(state, -2) == Natives.NIL) {
            LUA.lua_settop(state, -3);
        } else {
            LUA.lua_rawset(state, -3);
        }
    }

    private void field(String name, byte[] value) {
        stack.push(state, value);
        LUA.lua_setfield(state, -2, name);
    }

    @Override
    public int protocol() {
        return resp3 ? 3 : 2;
    }

    @Override
    public void protocol(int version) {
        resp3 = version >= 3;
    }

    @Override
    public void ok() {
        simple("OK");
    }

    @Override
    public void simple(String text) {
        if (refuses(text.length())) {
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!mail(bytes, 0, bytes.length, STATUS)) {
            LUA.lua_createtable(state, 0, 1);
            field("ok", bytes);
            added();
        }
    }

    @Override
    public void error(String message) {
        errors++;
        lastError = message;
        if (refuses(message.length())) {
            return;
        }
        if (depth == 0) {
            failure = message;
            return;
        }
        LUA.lua_createtable(state, 0, 1);
        field("err", message.getBytes(StandardCharsets.UTF_8));
        added();
    }

    @Override
    public void integer(long value) {
        if (!refuses(0)) {
            LuaMemory.pushNumber(state, value);
            added();
        }
    }

    @Override
    public void bulk(byte[] array, int offset, int length) {
        if (!refuses(length) && !mail(array, offset, length, TEXT)) {
            stack.push(state, array, offset, length);
            added();
        }
    }

    @Override
    public void bulk(ByteSource bytes) {
        int length = bytes.length();
        if (refuses(length)) {
            return;
        }
        boolean small = length <= scratch.length;
        byte[] array = small ? scratch : bytes.toByteArray();
        if (small) {
            bytes.copyTo(0, array, 0, length);
        }
        if (!mail(array, 0, length, TEXT)) {
            stack.push(state, array, 0, length);
            added();
        }
    }

    @Override
    public void bulk(String text) {
        bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void bulkInteger(long value) {
        bulk(Long.toString(value));
    }

    @Override
    public void nil() {
        if (refuses(0)) {
            return;
        }
        if (resp3) {
            LuaMemory.pushNil(state);
        } else {
            LuaMemory.pushBoolean(state, false);
        }
        added();
    }

    @Override
    public void nilArray() {
        nil();
    }

    @Override
    public void array(int size) {
        if (!refuses(0)) {
            open(Kind.ARRAY, size);
        }
    }

    @Override
    public void map(int pairs) {
        if (!refuses(0)) {
            open(resp3 ? Kind.MAP : Kind.ARRAY, 2L * pairs);
        }
    }

    @Override
    public void set(int size) {
        if (!refuses(0)) {
            open(resp3 ? Kind.SET : Kind.ARRAY, size);
        }
    }

    @Override
    public void push(int size) {
        array(size);
    }

    @Override
    public void attribute(int pairs) {
        if (!refuses(0) && pairs > 0) {
            open(Kind.IGNORED, 2L * pairs);
        }
    }

    @Override
    public void decimal(double value) {
        if (!resp3) {
            bulk(Numbers.text(value));
        } else if (!refuses(0)) {
            LUA.lua_createtable(state, 0, 1);
            LuaMemory.pushNumber(state, value);
            LUA.lua_setfield(state, -2, "double");
            added();
        }
    }

    @Override
    public void bool(boolean value) {
        if (!resp3) {
            integer(value ? 1 : 0);
        } else if (!refuses(0)) {
            LuaMemory.pushBoolean(state, value);
            added();
        }
    }

    @Override
    public void bigNumber(String digits) {
        if (!resp3) {
            bulk(digits);
        } else if (!refuses(digits.length())) {
            LUA.lua_createtable(state, 0, 1);
            field("big_number", digits.getBytes(StandardCharsets.ISO_8859_1));
            added();
        }
    }

    @Override
    public void verbatim(String format, byte[] text) {
        if (!resp3) {
            bulk(text);
        } else if (!refuses(text.length)) {
            LUA.lua_createtable(state, 0, 1);
            LUA.lua_createtable(state, 0, 2);
            field("string", text);
            field("format", format.getBytes(StandardCharsets.ISO_8859_1));
            LUA.lua_setfield(state, -2, "verbatim_string");
            added();
        }
    }

    @Override
    public int openArray() {
        if (!refuses(0)) {
            open(Kind.ARRAY, -1);
        }
        return depth;
    }

    @Override
    public int openMap() {
        if (!refuses(0)) {
            open(resp3 ? Kind.MAP : Kind.ARRAY, -1);
        }
        return depth;
    }

    @Override
    public int openSet() {
        if (!refuses(0)) {
            open(resp3 ? Kind.SET : Kind.ARRAY, -1);
        }
        return depth;
    }

    @Override
    public void closeArray(int mark, int size) {
        if (!tooLarge) {
            close();
        }
    }

    @Override
    public void closeMap(int mark, int pairs) {
        closeArray(mark, pairs);
    }

    @Override
    public void closeSet(int mark, int size) {
        closeArray(mark, size);
    }

    @Override
    public long position() {
        return written;
    }

    /** A command is answered anew from its beginning alone. */
    @Override
    public void rollback(long position) {
        LUA.lua_settop(state, base);
        reset();
    }

    @Override
    public void mute(boolean on) {
        throw new UnsupportedOperationException("nothing is muted in a script");
    }

    @Override
    public long errors() {
        return errors;
    }

    @Override
    public String lastError() {
        return lastError;
    }
}
