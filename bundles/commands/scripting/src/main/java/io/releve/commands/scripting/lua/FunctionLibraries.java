package io.releve.commands.scripting.lua;

import static io.releve.commands.scripting.lua.Natives.LUA;

import io.releve.command.CommandException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Libraries of functions, compiled (redis.io, "Redis functions"). */
public final class FunctionLibraries {
    private static final String NAMES = "ERR Library names can only contain letters, numbers, or underscores(_) and must be at"
            + " least one character long";

    /**
     * A function.
     *
     * @param reference where the state keeps it
     * @param description null without
     */
    public record Function(String name, int reference, byte[] description, Set<ScriptFlags> flags) {
    }

    /** A library with its source. */
    public record Library(String name, byte[] source, Map<String, Function> functions) {
    }

    private final LuaState lua;
    private final Map<String, Library> libraries = new LinkedHashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();
    /** What the library that is being loaded has registered; null while none is. */
    private Map<String, Function> registered;

    FunctionLibraries(LuaState lua) {
        this.lua = lua;
    }

    public Map<String, Library> all() {
        return libraries;
    }

    /** Number of functions. */
    public int functions() {
        return functions.size();
    }

    Function find(String name) {
        return functions.get(name);
    }

    boolean loading() {
        return registered != null;
    }

    void clear() {
        libraries.values().forEach(this::forget);
        libraries.clear();
        functions.clear();
    }

    void remove(String name) {
        Library gone = libraries.remove(name);
        if (gone != null) {
            functions.keySet().removeAll(gone.functions().keySet());
            forget(gone);
        }
    }

    private void forget(Library library) {
        library.functions().values().forEach(function -> lua.forget(function.reference()));
    }

    /**
     * Compiles and registers a library.
     *
     * @throws CommandException when it cannot be; then nothing has changed
     */
    Library load(byte[] source, boolean replace) {
        String text = new String(source, StandardCharsets.ISO_8859_1);
        String name = name(text);
        Library old = libraries.get(name);
        if (old != null && !replace) {
            throw new CommandException("ERR Library '" + name + "' already exists");
        }
        Library library = new Library(name, source, run(text));
        for (String function : library.functions().keySet()) {
            if (functions.containsKey(function) && (old == null || !old.functions().containsKey(function))) {
                forget(library);
                throw new CommandException("ERR Function " + function + " already exists");
            }
        }
        remove(name);
        libraries.put(name, library);
        functions.putAll(library.functions());
        return library;
    }

    private Map<String, Function> run(String text) {
        Map<String, Function> found = new LinkedHashMap<>();
        registered = found;
        try {
            lua.pushSandbox("library");
            lua.stack().push(lua.pointer(), ScriptFlags.withoutFirstLine(text));
            if (lua.call(1, 2) != 0 || LUA.lua_type(lua.pointer(), -2) != Natives.FUNCTION) {
                throw new CommandException("ERR Error compiling function: " + LuaStack.text(lua.pointer(), -1));
            }
            LUA.lua_settop(lua.pointer(), -2);
            lua.pushSandbox("load");
            LUA.lua_insert(lua.pointer(), -2);
            boolean called = lua.call(1, 2) == 0;
            if (!called || LUA.lua_toboolean(lua.pointer(), -2) == 0) {
                throw new CommandException("ERR Error registering functions: "
                        + Failure.of(lua.pointer()).error().replace('\n', ' ').replace('\r', ' '));
            }
            if (found.isEmpty()) {
                throw new CommandException("ERR No functions registered");
            }
            return found;
        } catch (CommandException e) {
            found.values().forEach(function -> lua.forget(function.reference()));
            throw e;
        } finally {
            registered = null;
            lua.clear();
            lua.pushSandbox("loaded");
            lua.call(0, 0);
            lua.clear();
        }
    }

    /** The name a first line gives: {@code #!lua name=x}. */
    static String name(String source) {
        int end = source.indexOf('\n');
        if (!source.startsWith("#!")) {
            throw new CommandException("ERR Missing library metadata");
        }
        if (end < 0) {
            throw new CommandException("ERR Invalid library metadata");
        }
        String[] words = source.substring(2, end).trim().split("[ \\t\\r]+");
        String name = null;
        for (int i = 1; i < words.length; i++) {
            if (!words[i].regionMatches(true, 0, "name=", 0, 5)) {
                throw new CommandException("ERR Invalid metadata value given: " + words[i]);
            }
            if (name != null) {
                throw new CommandException("ERR Invalid metadata value, name argument was given multiple times");
            }
            name = words[i].substring(5);
        }
        if (name == null) {
            throw new CommandException("ERR Library name was not given");
        }
        if (!isName(name)) {
            throw new CommandException(NAMES);
        }
        if (!words[0].equalsIgnoreCase("lua")) {
            throw new CommandException("ERR Engine '" + words[0] + "' not found");
        }
        return name;
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z'
                || c >= 'a' && c <= 'z' || c == '_');
    }

    /** {@code redis.register_function}. */
    int register(long s) {
        int count = LUA.lua_gettop(s);
        if (registered == null) {
            throw LuaError.reply("ERR redis.register_function can only be called on FUNCTION LOAD command");
        }
        if (count < 1 || count > 2) {
            throw LuaError.reply("ERR wrong number of arguments to redis.register_function");
        }
        if (count == 1) {
            return registerNamed(s);
        }
        if (!isText(s, 1)) {
            throw LuaError.reply("ERR first argument to redis.register_function must be a string");
        }
        if (LUA.lua_type(s, 2) != Natives.FUNCTION) {
            throw LuaError.reply("ERR second argument to redis.register_function must be a function");
        }
        add(s, text(s, 1), null, EnumSet.noneOf(ScriptFlags.class));
        return 0;
    }

    private static boolean isText(long s, int index) {
        int type = LUA.lua_type(s, index);
        return type == Natives.STRING || type == Natives.NUMBER;
    }

    private static String text(long s, int index) {
        return new String(LuaFunction.string(s, index, "register_function"), StandardCharsets.ISO_8859_1);
    }

    private int registerNamed(long s) {
        if (LUA.lua_type(s, 1) != Natives.TABLE) {
            throw LuaError.reply("ERR calling redis.register_function with a single argument is only applicable to Lua table"
                    + " (representing named arguments).");
        }
        String name = null;
        byte[] description = null;
        boolean callback = false;
        EnumSet<ScriptFlags> flags = EnumSet.noneOf(ScriptFlags.class);
        LUA.lua_settop(s, 1);
        // the callback takes place 2
        LUA.lua_pushnil(s);
        LUA.lua_pushnil(s);
        while (LUA.lua_next(s, 1) != 0) {
            String key = LUA.lua_type(s, -2) == Natives.STRING ? LuaStack.text(s, -2) : "";
            switch (key) {
                case "function_name" -> {
                    if (!isText(s, -1)) {
                        throw LuaError.reply("ERR function_name argument given to redis.register_function must be a string");
                    }
                    name = text(s, LUA.lua_gettop(s));
                }
                case "description" -> {
                    if (!isText(s, -1)) {
                        throw LuaError.reply("ERR description argument given to redis.register_function must be a string");
                    }
                    description = LuaFunction.string(s, LUA.lua_gettop(s), "register_function");
                }
                case "callback" -> {
                    if (LUA.lua_type(s, -1) != Natives.FUNCTION) {
                        throw LuaError.reply("ERR callback argument given to redis.register_function must be a function");
                    }
                    LUA.lua_pushvalue(s, -1);
                    LUA.lua_replace(s, 2);
                    callback = true;
                }
                case "flags" -> flags(s, flags);
                default -> throw LuaError.reply("ERR unknown argument given to redis.register_function");
            }
            LUA.lua_settop(s, 3);
        }
        if (name == null) {
            throw LuaError.reply("ERR redis.register_function must get a function name argument");
        }
        if (!callback) {
            throw LuaError.reply("ERR redis.register_function must get a callback argument");
        }
        LUA.lua_settop(s, 2);
        add(s, name, description, flags);
        return 0;
    }

    private static void flags(long s, Set<ScriptFlags> flags) {
        if (LUA.lua_type(s, -1) != Natives.TABLE) {
            throw LuaError.reply(
                    "ERR flags argument to redis.register_function must be a table representing function flags");
        }
        for (int i = 1;; i++) {
            LUA.lua_rawgeti(s, -1, i);
            int type = LUA.lua_type(s, -1);
            if (type == Natives.NIL) {
                return;
            }
            ScriptFlags flag = type == Natives.STRING ? ScriptFlags.of(LuaStack.text(s, -1)) : null;
            if (flag == null) {
                throw LuaError.reply("ERR unknown flag given");
            }
            flags.add(flag);
            LUA.lua_settop(s, -2);
        }
    }

    /** The function is on top. */
    private void add(long s, String name, byte[] description, Set<ScriptFlags> flags) {
        if (!isName(name)) {
            throw LuaError.reply(NAMES);
        }
        if (registered.containsKey(name)) {
            throw LuaError.reply("ERR Function already exists in the library");
        }
        int reference = LUA.luaL_ref(s, Natives.REGISTRY);
        registered.put(name, new Function(name, reference, description, flags));
    }
}
