package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/** {@code bit}: operations on the 32 bits of a number, results with a sign (bitop.luajit.org). */
final class BitLibrary {
    private BitLibrary() {
    }

    static Map<String, Object> functions() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tobit", unary("tobit", x -> x));
        all.put("bnot", unary("bnot", x -> ~x));
        all.put("bswap", unary("bswap", Integer::reverseBytes));
        all.put("band", fold("band", (x, y) -> x & y));
        all.put("bor", fold("bor", (x, y) -> x | y));
        all.put("bxor", fold("bxor", (x, y) -> x ^ y));
        all.put("lshift", shift("lshift", (x, n) -> x << n));
        all.put("rshift", shift("rshift", (x, n) -> x >>> n));
        all.put("arshift", shift("arshift", (x, n) -> x >> n));
        all.put("rol", shift("rol", Integer::rotateLeft));
        all.put("ror", shift("ror", Integer::rotateRight));
        all.put("tohex", (LuaFunction) BitLibrary::toHex);
        return all;
    }

    /** Modulo 2^32, rounded to even. */
    private static int bits(long s, int index, String function) {
        double number = LuaFunction.number(s, index, function);
        // what a number is after 2^52 + 2^51 was added to it: the low bits of its mantissa
        return (int) Double.doubleToRawLongBits(number + 6755399441055744.0);
    }

    private static int push(long s, int value) {
        LUA.lua_pushnumber(s, value);
        return 1;
    }

    private static LuaFunction unary(String name, IntUnaryOperator operator) {
        return s -> push(s, operator.applyAsInt(bits(s, 1, name)));
    }

    private static LuaFunction fold(String name, IntBinaryOperator operator) {
        return s -> {
            int value = bits(s, 1, name);
            int count = LUA.lua_gettop(s);
            for (int i = 2; i <= count; i++) {
                value = operator.applyAsInt(value, bits(s, i, name));
            }
            return push(s, value);
        };
    }

    private static LuaFunction shift(String name, IntBinaryOperator operator) {
        return s -> push(s, operator.applyAsInt(bits(s, 1, name), bits(s, 2, name) & 31));
    }

    private static int toHex(long s) {
        int value = bits(s, 1, "tohex");
        int digits = LUA.lua_gettop(s) < 2 ? 8 : bits(s, 2, "tohex");
        boolean capitals = digits < 0;
        digits = Math.min(8, Math.abs(digits == Integer.MIN_VALUE ? 8 : digits));
        String text = String.format(capitals ? "%08X" : "%08x", value);
        LUA.lua_pushstring(s, text.substring(8 - digits));
        return 1;
    }
}
