package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code cjson} (kyne.com.au/~mark/software/lua-cjson). Its settings last for one engine, as in Redis, or for what {@code new} made. */
final class Json {
    private final LuaState[] lua;
    private final JsonSettings settings = new JsonSettings();

    Json(LuaState[] lua) {
        this.lua = lua;
    }

    Map<String, Object> functions() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("_NAME", "cjson");
        all.put("_VERSION", "2.1.0");
        all.put("null", false);
        all.put("new", (LuaFunction) this::another);
        all.put("encode", (LuaFunction) this::encode);
        all.put("decode", (LuaFunction) this::decode);
        all.put("encode_sparse_array", (LuaFunction) this::sparse);
        all.put("encode_max_depth", integer("encode_max_depth", 1, Integer.MAX_VALUE, () -> settings.encodeDepth,
                v -> settings.encodeDepth = v));
        all.put("decode_max_depth", integer("decode_max_depth", 1, Integer.MAX_VALUE, () -> settings.decodeDepth,
                v -> settings.decodeDepth = v));
        all.put("encode_number_precision", integer("encode_number_precision", 1, 14, () -> settings.precision,
                v -> settings.precision = v));
        all.put("encode_keep_buffer", bool("encode_keep_buffer", () -> settings.keepBuffer, v -> settings.keepBuffer = v));
        all.put("decode_invalid_numbers", bool("decode_invalid_numbers", () -> settings.decodeInvalid,
                v -> settings.decodeInvalid = v));
        all.put("encode_invalid_numbers", (LuaFunction) this::encodeInvalid);
        return all;
    }

    private static void atMost(long s, int most) {
        if (LUA.lua_gettop(s) > most) {
            throw LuaError.argument(most + 1, "?", "found too many arguments");
        }
    }

    private static void exactlyOne(long s, String function) {
        if (LUA.lua_gettop(s) != 1) {
            throw LuaError.argument(1, function, "expected 1 argument");
        }
    }

    private int another(long s) {
        lua[0].push(s, new Json(lua).functions());
        return 1;
    }

    private int encode(long s) {
        exactlyOne(s, "encode");
        lua[0].stack().push(s, new JsonEncoder(s, settings).encode());
        return 1;
    }

    private int decode(long s) {
        exactlyOne(s, "decode");
        byte[] text = LuaFunction.string(s, 1, "decode");
        new JsonDecoder(s, lua[0].stack(), settings, text).decode();
        return 1;
    }

    private static boolean given(long s, int index) {
        int type = LUA.lua_type(s, index);
        return index <= LUA.lua_gettop(s) && type != Natives.NIL;
    }

    private static int limited(long s, int index, String function, int min, int max) {
        double value = LuaFunction.number(s, index, function);
        if (value < min || value > max) {
            throw LuaError.argument(index, function, "expected integer between " + min + " and " + max);
        }
        return (int) value;
    }

    private static LuaFunction integer(String name, int min, int max, Supplier<Integer> get, Consumer<Integer> set) {
        return s -> {
            atMost(s, 1);
            if (given(s, 1)) {
                set.accept(limited(s, 1, name, min, max));
            }
            LUA.lua_pushnumber(s, get.get());
            return 1;
        };
    }

    private static LuaFunction bool(String name, Supplier<Boolean> get, Consumer<Boolean> set) {
        return s -> {
            atMost(s, 1);
            if (given(s, 1)) {
                set.accept(flag(s, 1, name));
            }
            LUA.lua_pushboolean(s, get.get() ? 1 : 0);
            return 1;
        };
    }

    private static boolean flag(long s, int index, String function) {
        if (LUA.lua_type(s, index) == Natives.BOOLEAN) {
            return LUA.lua_toboolean(s, index) != 0;
        }
        String word = new String(LuaFunction.string(s, index, function), java.nio.charset.StandardCharsets.ISO_8859_1);
        if (!word.equals("on") && !word.equals("off")) {
            throw LuaError.argument(index, function, "invalid option '" + word + "'");
        }
        return word.equals("on");
    }

    private int encodeInvalid(long s) {
        atMost(s, 1);
        if (given(s, 1)) {
            settings.encodeInvalid = LUA.lua_type(s, 1) == Natives.STRING && LuaStack.text(s, 1).equals("null") ? "null"
                    : flag(s, 1, "encode_invalid_numbers") ? "on" : "off";
        }
        if (settings.encodeInvalid.equals("null")) {
            LUA.lua_pushstring(s, "null");
        } else {
            LUA.lua_pushboolean(s, settings.encodeInvalid.equals("on") ? 1 : 0);
        }
        return 1;
    }

    private int sparse(long s) {
        atMost(s, 3);
        if (given(s, 1)) {
            settings.sparseConvert = flag(s, 1, "encode_sparse_array");
        }
        if (given(s, 2)) {
            settings.sparseRatio = limited(s, 2, "encode_sparse_array", 0, Integer.MAX_VALUE);
        }
        if (given(s, 3)) {
            settings.sparseSafe = limited(s, 3, "encode_sparse_array", 0, Integer.MAX_VALUE);
        }
        LUA.lua_pushboolean(s, settings.sparseConvert ? 1 : 0);
        LUA.lua_pushnumber(s, settings.sparseRatio);
        LUA.lua_pushnumber(s, settings.sparseSafe);
        return 3;
    }
}
