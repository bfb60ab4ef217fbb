package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

/** {@code math.random} of scripts: the same numbers in every run, those of POSIX' {@code lrand48}. */
final class LuaRandom {
    private static final long MULTIPLIER = 0x5DEECE66DL;
    private static final long MASK = (1L << 48) - 1;
    private static final int RANGE = Integer.MAX_VALUE;

    /** Where POSIX begins. */
    private long x = 0x1234ABCD330EL;

    void seed(int seed) {
        x = ((long) seed << 16 | 0x330E) & MASK;
    }

    private double next() {
        x = x * MULTIPLIER + 0xB & MASK;
        return (double) ((x >>> 17) % RANGE) / RANGE;
    }

    int seed(long s) {
        seed((int) (long) LuaFunction.number(s, 1, "randomseed"));
        return 0;
    }

    int random(long s) {
        double r = next();
        int arguments = LUA.lua_gettop(s);
        if (arguments == 0) {
            LUA.lua_pushnumber(s, r);
        } else if (arguments == 1) {
            double high = (int) (long) LuaFunction.number(s, 1, "random");
            if (high < 1) {
                throw LuaError.argument(1, "random", "interval is empty");
            }
            LUA.lua_pushnumber(s, Math.floor(r * high) + 1);
        } else if (arguments == 2) {
            double low = (int) (long) LuaFunction.number(s, 1, "random");
            double high = (int) (long) LuaFunction.number(s, 2, "random");
            if (low > high) {
                throw LuaError.argument(2, "random", "interval is empty");
            }
            LUA.lua_pushnumber(s, Math.floor(r * (high - low + 1)) + low);
        } else {
            throw LuaError.at("wrong number of arguments");
        }
        return 1;
    }
}
