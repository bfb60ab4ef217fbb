package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import party.iroiro.luajava.lua51.Lua51;

/** Which chunks may yield wherever Lua calls Lua, and which are rewritten. */
class ChunkScanTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "for i = 1, 3 do f(i) end | true | false",
        "for k, v in pairs(t) do f(k) end | true | false",
        "for k, v in ipairs(redis.call('x', a or b)) do for w in string.gmatch(v, '%a') do f(w) end end | true | false",
        "for k in f do g() end | false | false",
        "for k in redis.call, 'incr', 'x' do g() end | false | false",
        "for k in f() do g() end | false | false",
        "for k in (x and pairs or f)(t) do g() end | false | false",
        "for k in (x and f or pairs)(t) do g() end | false | false",
        "local pairs = f for k in pairs(t) do g() end | false | false",
        "for w in s:gmatch('x') do g() end | false | false",
        "return function() for k in f do g() end end | false | false",
        "return redis.call('get', KEYS[1]) | true | true",
        "local call = redis.call return call('get') | true | true",
        "return function() return redis.call('get') end | true | true",
        "local function f(n) return f(n - 1) end return f(3) | true | false",
        "return redis.pcall('get') | true | false"})
    void scans(String source, boolean plain, boolean rewritten) {
        try (Lua51 lua = new Lua51()) {
            long state = lua.getPointer();
            LUA.luaJ_openlib(state, "");
            LUA.luaJ_openlib(state, "string");
            assertEquals(0, LUA.luaL_dostring(state, "return string.dump(loadstring([[" + source + "]]))"));
            ChunkScan scan = new ChunkScan(LuaStack.bytes(state, -1));
            assertEquals(plain, scan.plain(), source);
            assertEquals(rewritten, scan.rewritten() != null, source);
        }
    }
}
