package io.releve.commands.scripting.lua;

import party.iroiro.luajava.lua51.Lua51Natives;

/** The functions of Lua's C interface; one object for the process, its methods take the pointer of a state. */
final class Natives extends Lua51Natives {
    static final Natives LUA = new Natives();

    static final int NIL = 0;
    static final int BOOLEAN = 1;
    static final int LIGHT_USERDATA = 2;
    static final int NUMBER = 3;
    static final int STRING = 4;
    static final int TABLE = 5;
    static final int FUNCTION = 6;
    static final int REGISTRY = -10000;
    static final int GC_COLLECT = 2;
    static final int GC_COUNT = 3;

    private Natives() {
    }
}
