package io.releve.commands.scripting.lua;

import java.lang.reflect.Field;
import java.util.Arrays;
import sun.misc.Unsafe;

/**
 * The stack of a state of Lua 5.1, read and written where it lies. Through the binding every look costs 20 ns, every string
 * 250 ns. Holds for 64 bits and the low byte first, which is what {@link #check} makes sure of.
 */
final class LuaMemory {
    /** How compiled chunks begin where numbers, sizes and pointers are what is assumed here. */
    private static final byte[] HEADER = {0x1b, 'L', 'u', 'a', 0x51, 0, 1, 4, 8, 4, 8, 0};
    // lua_State
    private static final int TOP = 16;
    private static final int BASE = 24;
    // TValue: eight bytes of value, then the type
    private static final int SLOT = 16;
    private static final int TYPE = 8;
    // TString
    private static final int LENGTH = 16;
    private static final int BYTES = 24;
    /** Below this many bytes a loop is faster than a call. */
    private static final int SHORT = 64;
    private static final long ARRAY = Unsafe.ARRAY_BYTE_BASE_OFFSET;
    private static final Unsafe UNSAFE = unsafe();

    private LuaMemory() {
    }

    private static Unsafe unsafe() {
        try {
            Field field = Unsafe.class.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return (Unsafe) field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** @throws IllegalStateException when memory looks different here */
    static void check(long state, byte[] header) {
        Natives lua = Natives.LUA;
        boolean good = Arrays.equals(header, HEADER);
        if (good) {
            int before = lua.lua_gettop(state);
            lua.lua_pushnumber(state, 1.5);
            lua.lua_pushstring(state, "text");
            lua.lua_pushboolean(state, 1);
            good = size(state) == before + 3 && type(at(state, -3)) == Natives.NUMBER && number(at(state, -3)) == 1.5
                    && type(at(state, before + 2)) == Natives.STRING && length(at(state, -2)) == 4
                    && type(at(state, -1)) == Natives.BOOLEAN && bool(at(state, -1));
            lua.lua_settop(state, before);
        }
        if (!good) {
            throw new IllegalStateException("Lua's memory is not laid out here as it is known");
        }
    }

    /** Number of values on the stack. */
    static int size(long state) {
        return (int) (UNSAFE.getLong(state + TOP) - UNSAFE.getLong(state + BASE)) / SLOT;
    }

    /** Where a value is: from 1 on from the bottom, from -1 on from the top. */
    static long at(long state, int index) {
        return index > 0 ? UNSAFE.getLong(state + BASE) + (long) (index - 1) * SLOT
                : UNSAFE.getLong(state + TOP) + (long) index * SLOT;
    }

    /** The place of the value above. */
    static long next(long value) {
        return value + SLOT;
    }

    static int type(long value) {
        return UNSAFE.getInt(value + TYPE);
    }

    static double number(long value) {
        return UNSAFE.getDouble(value);
    }

    static boolean bool(long value) {
        return UNSAFE.getInt(value) != 0;
    }

    /** Of a string, in bytes. */
    static int length(long value) {
        return (int) UNSAFE.getLong(UNSAFE.getLong(value) + LENGTH);
    }

    /** Where the bytes of a string are; they stay there while Lua can reach it. */
    static long bytes(long value) {
        return UNSAFE.getLong(value) + BYTES;
    }

    static void clear(long state) {
        UNSAFE.putLong(state + TOP, UNSAFE.getLong(state + BASE));
    }

    /** Like all that push there must be room, as for those of the binding. */
    static void pushNumber(long state, double number) {
        long top = UNSAFE.getLong(state + TOP);
        UNSAFE.putDouble(top, number);
        pushed(state, top, Natives.NUMBER);
    }

    static void pushBoolean(long state, boolean value) {
        long top = UNSAFE.getLong(state + TOP);
        UNSAFE.putInt(top, value ? 1 : 0);
        pushed(state, top, Natives.BOOLEAN);
    }

    static void pushNil(long state) {
        pushed(state, UNSAFE.getLong(state + TOP), Natives.NIL);
    }

    private static void pushed(long state, long top, int type) {
        UNSAFE.putInt(top + TYPE, type);
        UNSAFE.putLong(state + TOP, top + SLOT);
    }

    static void copy(long from, byte[] to, int at, int count) {
        if (count > SHORT) {
            UNSAFE.copyMemory(null, from, to, ARRAY + at, count);
            return;
        }
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            UNSAFE.putLong(to, ARRAY + at + i, UNSAFE.getLong(from + i));
        }
        for (; i < count; i++) {
            to[at + i] = UNSAFE.getByte(from + i);
        }
    }

    static void copy(byte[] from, int at, long to, int count) {
        if (count > SHORT) {
            UNSAFE.copyMemory(from, ARRAY + at, null, to, count);
            return;
        }
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            UNSAFE.putLong(to + i, UNSAFE.getLong(from, ARRAY + at + i));
        }
        for (; i < count; i++) {
            UNSAFE.putByte(to + i, from[at + i]);
        }
    }
}
