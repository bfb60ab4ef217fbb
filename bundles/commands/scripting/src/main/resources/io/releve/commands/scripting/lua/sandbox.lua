-- What scripts see. Tables that Redis protects are empty proxies here: what they show is in a table of which no script gets
-- hold. Everything taken from the state's own globals is kept in locals; the globals are emptied at the end.
local host, limit = ...
local error, type, next, select, tostring, tonumber = error, type, next, select, tostring, tonumber
local rawget, rawset, getmetatable, setmetatable, setfenv = rawget, rawset, getmetatable, setmetatable, setfenv
local pcall, xpcall, loadstring, unpack, collectgarbage = pcall, xpcall, loadstring, unpack, collectgarbage
local getinfo, sethook, newproxy = debug.getinfo, debug.sethook, newproxy
local concat, sub, find, gsub = table.concat, string.sub, string.find, string.gsub
local create, resume, yield, running = coroutine.create, coroutine.resume, coroutine.yield, coroutine.running
local dump, mailbox = string.dump, host.mailbox
local INSTRUCTIONS = 100000
local READONLY = "Attempt to modify a readonly table"

-- proxy to what it shows
local shown = setmetatable({}, {__mode = "k"})

local function readonly()
    error(READONLY, 2)
end

-- What getmetatable shows of a protected table.
local function visible(content)
    local proxy = {}
    shown[proxy] = content
    return setmetatable(proxy, {__index = content, __newindex = readonly, __metatable = false})
end

local function protect(real)
    local proxy = {}
    shown[proxy] = real
    return setmetatable(proxy, {__index = real, __newindex = readonly, __metatable = visible({})})
end

local function missing(_, name)
    error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
end

-- Ends: a script that was killed runs into it wherever it catches errors.
local killed
-- Whether an error is on its way that was raised where no hook runs: no handler of a script may run there, it could stay for ever.
local unhooked

local function raise(message)
    unhooked = true
    error(message, 0)
end

local function hook()
    if not killed then
        killed = host.pause()
    end
    if killed then
        raise(killed)
    end
    if collectgarbage("count") > limit then
        raise("not enough memory")
    end
end

-- A full collection happens whenever memory has doubled, and then this looks how much is left.
local function watch()
    getmetatable(newproxy(true)).__gc = function()
        watch()
        if collectgarbage("count") > limit and host.interruptible() then
            raise("not enough memory")
        end
    end
end
collectgarbage("setpause", 200)
collectgarbage("setstepmul", 0)
watch()
sethook(hook, "", INSTRUCTIONS)

-- Where the stack is full the hook cannot be called: that is an error of the script, raised where no hook runs.
local function overflown(e)
    return type(e) == "string" and (find(e, "stack overflow", 1, true) or e == "error in error handling")
end

-- What catches an error looks for the hook, which may not have come to it.
local function failing(e)
    unhooked = false
    if not killed and overflown(e) then
        hook()
    end
    if killed then
        error(killed, 0)
    end
end

local function caught(ok, e, ...)
    if not ok then
        failing(e)
        if type(e) == "table" and rawget(e, "err") ~= nil then
            return false, rawget(e, "err")
        elseif type(e) == "string" then
            return false, (gsub(e, "^sandbox:%d+: ", ""))
        end
    end
    return ok, e, ...
end

-- Scripts run in one coroutine, which yields what they call; the server resumes it with the answer. That is a tenth of what
-- calling Java costs, but cannot be where C has called Lua: in pcall, sort and the like, in coroutines of the script, in
-- metamethods, in iterators. Where it may be, "direct" is true.
local CALL, PCALL, OVER = 1, 2, 3
local TEXT, ERROR, STATUS = 1, 2, 3
local runner
local direct = false
-- Whether what runs may have metamethods or iterators that call the server; of libraries it is remembered, as they keep tables.
local devious, deviousLibraries = false, false
-- Whether functions of libraries run or are loaded.
local ofLibrary = false
-- Scripts with such iterators.
local iterating = setmetatable({}, {__mode = "k"})
local rawCall, rawPcall = host.redis.call, host.redis.pcall

-- From now on nothing is direct in this script.
local function deviate()
    direct, devious = false, true
    deviousLibraries = deviousLibraries or ofLibrary
end

-- After a call through C.
local function back(before, ...)
    direct = before and not devious
    return ...
end

-- An answer that lies in the mailbox.
local function mailed(length, how)
    local text = sub(mailbox, 1, length)
    return how == TEXT and text or {ok = text}
end

local function call(...)
    if not direct then
        return rawCall(...)
    end
    local answer, how = yield(CALL, ...)
    if how == nil then
        return answer
    elseif how == ERROR then
        error(answer, 0)
    end
    return mailed(answer, how)
end

local function protectedCall(...)
    if not direct then
        return rawPcall(...)
    end
    local answer, how = yield(PCALL, ...)
    if how == nil then
        return answer
    end
    return mailed(answer, how)
end

host.redis.call, host.running.call = call, call
host.redis.pcall, host.running.pcall = protectedCall, protectedCall

local function resumed(ok, ...)
    if not ok then
        failing((...))
    end
    return ok, ...
end

local env = {}
local base = {
    assert = assert, error = error, gcinfo = gcinfo, ipairs = ipairs, rawequal = rawequal, select = select,
    tonumber = tonumber, tostring = tostring, type = type, _VERSION = _VERSION,
}

function base.pcall(f, ...)
    if f == call and direct then
        local answer, how = yield(CALL, ...)
        if how == nil then
            return true, answer
        elseif how == ERROR then
            return caught(false, answer)
        end
        return true, mailed(answer, how)
    end
    local before = direct
    direct = false
    return back(before, caught(pcall(f, ...)))
end

function base.xpcall(f, handler)
    local before = direct
    direct = false
    return back(before, resumed(xpcall(f, function(e)
        if unhooked or overflown(e) then
            return e
        end
        return handler(e)
    end)))
end

function base.next(t, k)
    return next(shown[t] or t, k)
end

function base.pairs(t)
    local real = shown[t]
    if real then
        return function(_, k)
            return next(real, k)
        end, t, nil
    end
    if type(t) ~= "table" then
        local name = type(t) == "nil" and "nil" or type(t)
        error("bad argument #1 to 'pairs' (table expected, got " .. name .. ")", 2)
    end
    return next, t, nil
end

function base.rawget(t, k)
    return rawget(shown[t] or t, k)
end

function base.rawset(t, k, v)
    if shown[t] then
        error(READONLY, 0)
    end
    return rawset(t, k, v)
end

function base.setmetatable(t, meta)
    if shown[t] then
        error(READONLY, 0)
    end
    deviate()
    return setmetatable(t, meta)
end

base.getmetatable = getmetatable

function base.unpack(t, i, j)
    if (i or j) and type(t) == "table" then
        local first, last = tonumber(i or 1), tonumber(j or #t)
        if first and last and not (last - first < 8000) then
            error("too many results to unpack", 2)
        end
    end
    return unpack(t, i, j)
end

function base.collectgarbage(what, argument)
    if what == nil or what == "collect" or what == "count" or what == "step" then
        return collectgarbage(what, argument)
    end
    if what == "stop" or what == "restart" or what == "setpause" or what == "setstepmul" then
        return 0
    end
    return collectgarbage(what)
end

-- The name must stay reachable while the source is compiled: it ends at a zero byte as the compiler has it.
local function compile(source, name, environment)
    if sub(source, 1, 1) == "\27" then
        return nil, "attempt to load chunk with wrong mode"
    end
    local chunkname = name or source
    local zero = find(chunkname, "%z")
    if zero then
        chunkname = sub(chunkname, 1, zero - 1)
    end
    local f, e = loadstring(source, chunkname)
    if not f then
        return f, e, chunkname
    end
    local plain, rewritten = host.scan(dump(f))
    if rewritten then
        f = loadstring(rewritten)
    end
    return setfenv(f, environment), plain, chunkname
end

-- What a script has compiled.
local function compiled(f, e)
    if f then
        if not e then
            deviate()
        end
        return f
    end
    return nil, e
end

function base.loadstring(source, name)
    if type(source) ~= "string" and type(source) ~= "number" then
        error("bad argument #1 to 'loadstring' (string expected, got " .. (source == nil and "no value" or type(source))
            .. ")", 2)
    end
    return compiled(compile(tostring(source), name and tostring(name), env))
end

function base.load(reader, name)
    if type(reader) ~= "function" then
        error("bad argument #1 to 'load' (function expected, got " .. (reader == nil and "no value" or type(reader))
            .. ")", 2)
    end
    local pieces = {}
    while true do
        local piece = reader()
        if piece == nil or piece == "" then
            break
        elseif type(piece) ~= "string" then
            return nil, "reader function must return a string"
        end
        pieces[#pieces + 1] = piece
    end
    return compiled(compile(concat(pieces), name and tostring(name) or "=(load)", env))
end

-- A hook belongs to one coroutine.
local coroutines = {status = coroutine.status}

function coroutines.running()
    local co = running()
    if co ~= runner then
        return co
    end
end

function coroutines.yield(...)
    if running() == runner then
        error("attempt to yield across metamethod/C-call boundary", 0)
    end
    return yield(...)
end

-- What is no function of Lua elsewhere begins no coroutine.
local native = {[call] = next, [protectedCall] = next, [coroutines.running] = next, [coroutines.yield] = next}

function coroutines.create(f)
    local co = create(f ~= nil and native[f] or f)
    sethook(co, hook, "", INSTRUCTIONS)
    return co
end

function coroutines.resume(co, ...)
    local before = direct
    direct = false
    return back(before, resumed(resume(co, ...)))
end

local function yielded(ok, ...)
    if not ok then
        failing((...))
        error((...), 0)
    end
    return ...
end

function coroutines.wrap(f)
    local co = coroutines.create(f)
    return function(...)
        local before = direct
        direct = false
        return back(before, yielded(resume(co, ...)))
    end
end

-- What calls functions of the script from C.
local function calling(f)
    return function(...)
        local before = direct
        direct = false
        return back(before, f(...))
    end
end

-- A pattern is matched by a function that calls itself for every item of it that may repeat.
local function checked(f, name)
    return function(s, pattern, ...)
        if type(pattern) == "string" and #pattern > 200 then
            local _, items = gsub(pattern, "[%?%*%+%-%(]", "")
            if items > 200 then
                error("pattern too complex", 2)
            end
        end
        return f(s, pattern, ...)
    end
end

local strings = {}
for k, v in next, string do
    strings[k] = v
end
strings.gsub = calling(gsub)
for _, k in next, {"find", "match", "gmatch", "gsub", "gfind"} do
    strings[k] = strings[k] and checked(strings[k], k)
end

local tables = {}
for k, v in next, table do
    tables[k] = v
end
for _, k in next, {"sort", "foreach", "foreachi"} do
    tables[k] = calling(table[k])
end
for _, k in next, {"insert", "remove", "sort", "setn"} do
    local f = tables[k]
    tables[k] = function(t, ...)
        if shown[t] then
            error(READONLY, 0)
        end
        return f(t, ...)
    end
end

local maths = {}
for k, v in next, math do
    maths[k] = v
end
maths.random, maths.randomseed = host.random, host.randomseed

base.string = protect(strings)
base.table = protect(tables)
base.math = protect(maths)
base.coroutine = protect(coroutines)
base.os = protect({clock = os.clock})
for _, name in next, {"cjson", "cmsgpack", "bit", "struct"} do
    base[name] = protect(host[name])
end
local stringMeta = getmetatable("")
stringMeta.__index = strings
stringMeta.__metatable = visible({__index = base.string})

-- What a chunk sees as its globals; @return the table behind, and the metatable that says so
local function environment(proxy, api)
    local globals = {redis = api, _G = proxy}
    for k, v in next, base do
        globals[k] = v
    end
    shown[proxy] = globals
    setmetatable(globals, {__index = missing})
    local meta = {__index = globals, __newindex = readonly, __metatable = visible({__index = missing})}
    setmetatable(proxy, meta)
    return globals, meta
end

setmetatable(host.loading, {__index = missing})
local globals = environment(env, protect(host.redis))
local functionsEnv = {}
local functionsGlobals, functionsMeta = environment(functionsEnv, protect(host.running))
-- All that a library sees while it is loaded: what its functions see is not there yet.
local loadingGlobals = setmetatable({redis = protect(host.loading)}, {__index = missing})

-- The error a script ends with, and where it came from. @param co the coroutine that has ended with it; nil: in a handler
local function failed(e, co)
    local text = type(e) ~= "table" and tostring(e) or shown[e] and "an error that is a protected table"
    if text then
        e = {}
    end
    for level = 2, 20 do
        local i
        if co then
            i = getinfo(co, level - 2, "Sl")
        else
            i = getinfo(level, "Sl")
        end
        if not i then
            break
        end
        if sub(i.source, 1, 6) == "@user_" then
            rawset(e, "source", i.source)
            rawset(e, "line", i.currentline)
            break
        end
    end
    if text then
        -- what a function of the sandbox says is said of the place that called it
        local bare, own = gsub(text, "^sandbox:%d+: ", "")
        if own > 0 and e.source then
            bare = sub(e.source, 2) .. ":" .. e.line .. ": " .. bare
        end
        e.err = "ERR " .. bare
    end
    return e
end

local function over(...)
    killed, unhooked, direct, ofLibrary = nil, false, false, false
    return ...
end

-- Words that stand one behind the other in the mailbox, by their lengths; so many of them are keys.
local function divided(keyCount, first, second, ...)
    if second == nil then
        local word = first and sub(mailbox, 1, first)
        if keyCount == 1 then
            return {word}, {}
        end
        return {}, {word}
    end
    local keys, arguments = {first, second, ...}, {}
    local from = 1
    for i = 1, #keys do
        local to = from + keys[i]
        local word = sub(mailbox, from, to - 1)
        if i <= keyCount then
            keys[i] = word
        else
            arguments[i - keyCount], keys[i] = word, nil
        end
        from = to
    end
    return keys, arguments
end

-- @param keyCount -1 where tables of keys and arguments follow
local function serve(f, asFunction, keyCount, ...)
    local keys, arguments
    if keyCount >= 0 then
        keys, arguments = divided(keyCount, ...)
    else
        keys, arguments = ...
    end
    killed, unhooked, ofLibrary = nil, false, asFunction
    if asFunction then
        devious = deviousLibraries
        direct = not devious
        return serve(yield(OVER, f(keys, arguments)))
    end
    devious = iterating[f]
    direct = not devious
    globals.KEYS, globals.ARGV = keys, arguments
    return serve(yield(OVER, f()))
end

local exported = {mailbox = mailbox}

function exported.compile(source)
    local f, e = compile(source, "@user_script", env)
    if f then
        iterating[f] = not e or nil
    end
    return f, e
end

function exported.library(source)
    local f, e, name = compile(source, "@user_function", functionsEnv)
    deviousLibraries = deviousLibraries or f and not e
    return f, e, name
end

-- A coroutine that runs scripts and functions. It waits for the first.
function exported.runner()
    runner = create(function()
        return serve(yield())
    end)
    sethook(runner, hook, "", INSTRUCTIONS)
    resume(runner)
    return runner
end

-- That coroutine has ended with an error.
function exported.failed(e)
    over()
    e = failed(e, runner)
    -- Lua keeps the hook of each coroutine until it is told
    sethook(runner)
    return e
end

-- Runs a library, which registers its functions.
function exported.load(f)
    over()
    functionsMeta.__index, ofLibrary = loadingGlobals, true
    return over(xpcall(f, failed))
end

function exported.loaded()
    functionsMeta.__index = functionsGlobals
end

local globalsOfState = _G
for k in next, globalsOfState do
    globalsOfState[k] = nil
end
return exported
