package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The arguments of a function of ours as a request; used again and again. */
final class LuaArguments implements Arguments {
    /** Up to here a string is tried as a text, which the binding hands over faster. */
    private static final int LONGEST_TEXT = 256;
    private static final int KEPT = 64 * 1024;
    private static final int SLACK = 8;

    private Bytes[] views = new Bytes[0];
    private int size;
    private byte[] scratch = new byte[1024];
    private int used;
    private int[] places = new int[16];

    /**
     * Takes all arguments.
     *
     * @return false when one of them is neither a string nor a number
     */
    boolean take(long state) {
        int count = LUA.lua_gettop(state);
        size = 0;
        used = 0;
        if (scratch.length > KEPT) {
            scratch = new byte[1024];
        }
        if (places.length < count + 1) {
            places = new int[2 * count];
        }
        for (int i = 1; i <= count; i++) {
            places[i - 1] = used;
            int type = LUA.lua_type(state, i);
            if (type == Natives.STRING) {
                string(state, i);
            } else if (type == Natives.NUMBER) {
                add(NumberText.general(LUA.lua_tonumber(state, i), 17).getBytes(StandardCharsets.ISO_8859_1));
            } else {
                return false;
            }
        }
        places[count] = used;
        grow(count);
        for (int i = 0; i < count; i++) {
            views[i].set(scratch, places[i], places[i + 1] - places[i]);
        }
        size = count;
        return true;
    }

    private void grow(int count) {
        if (views.length < count) {
            int old = views.length;
            views = Arrays.copyOf(views, Math.max(8, 2 * count));
            for (int i = old; i < views.length; i++) {
                views[i] = new Bytes();
            }
        }
        if (places.length < count + 1) {
            places = Arrays.copyOf(places, 2 * count + 1);
        }
    }

    @SuppressWarnings("deprecation")
    private void string(long state, int index) {
        int length = (int) LUA.lua_objlen(state, index);
        room(length);
        if (length <= LONGEST_TEXT) {
            String text = LUA.lua_tostring(state, index);
            // of another length it has other bytes than characters
            if (text.length() == length && isAscii(text)) {
                text.getBytes(0, length, scratch, used);
                used += length;
                return;
            }
        }
        ByteBuffer direct = (ByteBuffer) LUA.luaJ_todirectbuffer(state, index);
        direct.get(scratch, used, length);
        used += length;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private void add(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, scratch, used, bytes.length);
        used += bytes.length;
    }

    private void room(int more) {
        if (scratch.length - used < more + SLACK) {
            scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, Math.addExact(used, more + SLACK)));
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Bytes get(int i) {
        if (i >= size) {
            throw new IndexOutOfBoundsException(i);
        }
        return views[i];
    }
}
