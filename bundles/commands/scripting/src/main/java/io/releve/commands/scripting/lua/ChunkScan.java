package io.releve.commands.scripting.lua;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Looks through a compiled chunk (Lua 5.1) for what the way scripts call the server must know.
 *
 * <p>Loops whose iterator may be a function of the script: Lua calls those through C, where a coroutine cannot yield.
 * {@code pairs(...)}, {@code ipairs(...)} and {@code string.gmatch(...)} are known by name, since nobody can write the globals.
 *
 * <p>{@code return redis.call(...)}: made a plain call, since a tail call would leave no trace of the line an error came from.
 */
final class ChunkScan {
    private static final int MOVE = 0;
    private static final int GETGLOBAL = 5;
    private static final int GETTABLE = 6;
    private static final int JMP = 22;
    /** With what is before it from {@link #JMP} on: those have no register where others have theirs. */
    private static final int LE = 25;
    private static final int CALL = 28;
    private static final int TAILCALL = 29;
    private static final int TFORLOOP = 33;
    /** From here on an operand is a constant. */
    private static final int CONSTANT = 256;
    private static final int JUMP_BIAS = 131071;

    private final ByteBuffer in;
    private boolean plain = true;
    private boolean rewritten;

    /** @param chunk made by the compiler; it is written into */
    ChunkScan(byte[] chunk) {
        in = ByteBuffer.wrap(chunk).order(ByteOrder.nativeOrder()).position(LuaStack.HEADER);
        function();
    }

    /** Whether all its iterators are Lua's own. */
    boolean plain() {
        return plain;
    }

    /** The chunk to use in its place, or null. */
    byte[] rewritten() {
        return rewritten ? in.array() : null;
    }

    private void function() {
        string();
        // lines, then four numbers of one byte
        skip(3 * Integer.BYTES);
        int[] code = new int[in.getInt()];
        int start = in.position();
        for (int i = 0; i < code.length; i++) {
            code[i] = in.getInt();
        }
        String[] constants = constants();
        for (int i = 0; i < code.length; i++) {
            plain &= opcode(code[i]) != TFORLOOP || known(code, constants, i);
            if (opcode(code[i]) == TAILCALL && calls(code, constants, i)) {
                in.putInt(start + i * Integer.BYTES, code[i] & ~0x3f | CALL);
                rewritten = true;
            }
        }
        for (int n = in.getInt(); n > 0; n--) {
            function();
        }
        skip(Integer.BYTES * in.getInt());
        for (int n = in.getInt(); n > 0; n--) {
            string();
            skip(2 * Integer.BYTES);
        }
        for (int n = in.getInt(); n > 0; n--) {
            string();
        }
    }

    private String[] constants() {
        String[] constants = new String[in.getInt()];
        for (int i = 0; i < constants.length; i++) {
            switch (in.get()) {
                case Natives.BOOLEAN -> skip(1);
                case Natives.NUMBER -> skip(Double.BYTES);
                case Natives.STRING -> constants[i] = string();
                default -> { }
            }
        }
        return constants;
    }

    private String string() {
        int length = (int) in.getLong();
        skip(length);
        return length == 0 ? "" : new String(in.array(), in.position() - length, length - 1, StandardCharsets.ISO_8859_1);
    }

    private void skip(int bytes) {
        in.position(in.position() + bytes);
    }

    private static int opcode(int instruction) {
        return instruction & 0x3f;
    }

    private static int a(int instruction) {
        return instruction >>> 6 & 0xff;
    }

    private static int c(int instruction) {
        return instruction >>> 14 & 0x1ff;
    }

    private static int target(int[] code, int jump) {
        return jump + 1 + (code[jump] >>> 14) - JUMP_BIAS;
    }

    /** Behind the loop stands the jump to its body, before that one to the loop, and before that the call that made the iterator. */
    private static boolean known(int[] code, String[] constants, int loop) {
        if (loop + 1 >= code.length || opcode(code[loop + 1]) != JMP) {
            return false;
        }
        int entry = target(code, loop + 1) - 1;
        int register = a(code[loop]);
        if (entry < 2 || opcode(code[entry]) != JMP || target(code, entry) != loop || opcode(code[entry - 1]) != CALL
                || a(code[entry - 1]) != register || c(code[entry - 1]) != 4) {
            return false;
        }
        int from = before(code, entry - 1, register);
        if (from >= 0 && opcode(code[from]) == GETTABLE && code[from] >>> 23 == register && isConstant(constants, c(code[from]), "gmatch")) {
            from = before(code, from, register);
            if (!isGlobal(code, constants, from, "string")) {
                return false;
            }
        } else if (!isGlobal(code, constants, from, "pairs") && !isGlobal(code, constants, from, "ipairs")) {
            return false;
        }
        for (int i = 0; i < code.length; i++) {
            boolean inside = i >= from && i <= entry;
            if (!inside && opcode(code[i]) == JMP && target(code, i) > from && target(code, i) <= entry) {
                return false;
            }
        }
        return true;
    }

    /** Whether it may be {@code redis.call} or {@code coroutine.yield}, also by a local name for it. */
    private static boolean calls(int[] code, String[] constants, int at) {
        int from = before(code, at, a(code[at]));
        if (from >= 0 && opcode(code[from]) == MOVE) {
            from = before(code, from, code[from] >>> 23);
        }
        return from >= 0 && opcode(code[from]) == GETTABLE && (isConstant(constants, c(code[from]), "call")
                || isConstant(constants, c(code[from]), "yield"));
    }

    private static boolean isConstant(String[] constants, int operand, String text) {
        return operand >= CONSTANT && text.equals(constants[operand - CONSTANT]);
    }

    private static boolean isGlobal(int[] code, String[] constants, int at, String name) {
        return at >= 0 && opcode(code[at]) == GETGLOBAL && name.equals(constants[code[at] >>> 14]);
    }

    /** The last instruction before that names a register first. */
    private static int before(int[] code, int end, int register) {
        int i = end - 1;
        while (i >= 0 && (a(code[i]) != register || opcode(code[i]) >= JMP && opcode(code[i]) <= LE)) {
            i--;
        }
        return i;
    }
}
