package io.releve.commands.scripting.lua;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The arguments of a function of ours as a request; used again and again. */
final class LuaArguments implements Arguments {
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
     * @param first index of the first one
     * @return false when one of them is neither a string nor a number
     */
    boolean take(long state, int first) {
        int count = LuaMemory.size(state) - first + 1;
        size = 0;
        used = 0;
        if (scratch.length > KEPT) {
            scratch = new byte[1024];
        }
        grow(count);
        long value = LuaMemory.at(state, first);
        for (int i = 0; i < count; i++, value = LuaMemory.next(value)) {
            places[i] = used;
            int type = LuaMemory.type(value);
            if (type == Natives.STRING) {
                int length = LuaMemory.length(value);
                room(length);
                LuaMemory.copy(LuaMemory.bytes(value), scratch, used, length);
                used += length;
            } else if (type == Natives.NUMBER) {
                add(NumberText.general(LuaMemory.number(value), 17).getBytes(StandardCharsets.ISO_8859_1));
            } else {
                return false;
            }
        }
        places[count] = used;
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
