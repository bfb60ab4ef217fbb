package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Values on the stack of a Lua state, strings being bytes. The binding pushes only texts, which it ends at a zero byte and
 * encodes; every other string goes as the constant of a compiled chunk that returns it.
 */
final class LuaStack {
    /** Up to here a string is looked through for whether it is plain. */
    private static final int LONGEST_TEXT = 4096;
    private static final int CHUNK = 128;

    private ByteBuffer chunk = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
    private final byte[] header;

    /** @param header the first bytes of a compiled chunk of this platform */
    LuaStack(byte[] header) {
        this.header = header.clone();
    }

    /** Length of the header of a compiled chunk (Lua 5.1). */
    static final int HEADER = 12;

    @SuppressWarnings("deprecation")
    void push(long state, byte[] bytes, int offset, int length) {
        if (length <= LONGEST_TEXT && isText(bytes, offset, length)) {
            LUA.lua_pushstring(state, new String(bytes, 0, offset, length));
        } else {
            pushConstant(state, bytes, offset, length);
        }
    }

    void push(long state, byte[] bytes) {
        push(state, bytes, 0, bytes.length);
    }

    /** Pushes the Latin-1 bytes of a text. */
    void push(long state, String text) {
        push(state, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static boolean isText(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    private void pushConstant(long state, byte[] bytes, int offset, int length) {
        long needed = (long) CHUNK + length;
        if (needed > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("string too long");
        }
        if (chunk.capacity() < needed) {
            chunk = ByteBuffer.allocateDirect((int) needed).order(ByteOrder.nativeOrder());
        }
        ByteBuffer c = chunk;
        c.clear();
        c.put(header);
        // no name, lines 0 to 0, no upvalues, no parameters, no varargs, two registers
        c.putLong(0).putInt(0).putInt(0).put((byte) 0).put((byte) 0).put((byte) 0).put((byte) 2);
        // LOADK 0 0; RETURN 0 2; RETURN 0 1
        c.putInt(3).putInt(0x00000001).putInt(0x0100001e).putInt(0x0080001e);
        c.putInt(1).put((byte) Natives.STRING).putLong(length + 1L).put(bytes, offset, length).put((byte) 0);
        c.putInt(0).putInt(0).putInt(0).putInt(0);
        int result = LUA.luaJ_loadbuffer(state, c, c.position(), "=c");
        if (result == 0) {
            LUA.lua_pcall(state, 0, 1, 0);
        }
        if (c.capacity() > 1 << 20) {
            chunk = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
        }
    }

    /** The string at an index; a copy. */
    static byte[] bytes(long state, int index) {
        long value = LuaMemory.at(state, index);
        if (LuaMemory.type(value) == Natives.STRING) {
            byte[] bytes = new byte[LuaMemory.length(value)];
            LuaMemory.copy(LuaMemory.bytes(value), bytes, 0, bytes.length);
            return bytes;
        }
        ByteBuffer direct = (ByteBuffer) LUA.luaJ_todirectbuffer(state, index);
        if (direct == null) {
            return new byte[0];
        }
        byte[] bytes = new byte[direct.remaining()];
        direct.get(bytes);
        return bytes;
    }

    /** The same as a Latin-1 text. */
    static String text(long state, int index) {
        return new String(bytes(state, index), StandardCharsets.ISO_8859_1);
    }
}
